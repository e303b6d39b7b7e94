import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';

/** Runs in a process of its own: other tests put a `document` into theirs, which Lit would take for a browser. */
const SCRIPT = `
  import { RealtimeVoiceElement } from './src/index.js';
  const { state, muted, idleTimeout } = new RealtimeVoiceElement();
  // A server renderer calls render(), which is protected for pages.
  const html = ({ strings, values }) =>
    strings.map((string, index) => string + (values[index]?.strings ? html(values[index]) : '')).join('');
  console.log(JSON.stringify({ state, muted, idleTimeout, html: html(new RealtimeVoiceElement().render()) }));
`;

it('the element can be constructed and rendered on a server, without a browser', () => {
  const command = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const { html, ...properties } = JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
  assert.deepEqual(properties, { state: 'idle', muted: false, idleTimeout: 180 });
  assert.match(html, /part="panel"/);
});
