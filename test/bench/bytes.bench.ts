import { readFileSync } from 'node:fs';
import { build, type BuildOptions } from 'esbuild';
import { brotliBytes } from '../packaging/bundle-size.js';
import { versionOf } from './report/machine.js';
import { table, writePart } from './report/results.js';

/** Measures what a page loads for a voice conversation, with brotli: npm run bench -- bytes */
const OURS = 'dist/realtime-voice.min.js';

/** Read on 2026-11-22 from the files that these projects publish; they are not installed here. */
const READ = [
  ['ElevenLabs convai-widget-embed 0.5.4, `dist/index.js`', 161_470],
  ['Vapi client-sdk-react 0.1.1, `widget.umd.js`; a call loads a further script', 157_829],
  ['LiveKit agent-starter-embed, `embed-popup.js`', 237_808],
  ['Pipecat voice-ui-kit 0.14, a minimal widget, bundled', 337_561],
  ['Deepgram browser-agent 0.2.1, bundled; a canvas only', 5_148],
] as const;

const measured: readonly (readonly [string, number])[] = [
  ['**this element**, `realtime-voice.min.js`', brotliBytes(readFileSync(OURS))],
  [
    `${versionOf('deep-chat')}, \`deepChat.bundle.js\``,
    brotliBytes(readFileSync('node_modules/deep-chat/dist/deepChat.bundle.js')),
  ],
  [
    `${versionOf('@openai/agents-realtime')}, bundled; no interface`,
    await bundled(`export { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';`),
  ],
  [
    `${versionOf('lit')} and an empty element, bundled: the least for an element like this`,
    await bundled(`import { LitElement, html } from 'lit';
customElements.define('an-element', class extends LitElement { render() { return html\`<p>Hello</p>\`; } });`),
  ],
];

const ours = measured[0]![1];
const row =
  (source: string) =>
  ([name, bytes]: readonly [string, number]): string[] => [
    name,
    bytes.toLocaleString('en'),
    (bytes / ours).toFixed(2),
    source,
  ];
const smaller = [...measured, ...READ].filter(([, bytes]) => bytes < ours).map(([name]) => `- ${name}`);
const report = table(
  ['what the page loads', 'brotli bytes', 'ratio', 'source'],
  [...measured.map(row('measured here')), ...READ.map(row('read 2026-11-22'))],
);
console.log(report);
await writePart(
  'bytes',
  `### Bytes

What a page loads for a voice conversation, with brotli at its highest level. "Measured here" is made of the installed
packages; bundles are made by ${versionOf('esbuild')}, minified.

${report}

Smaller than this element:

${smaller.join('\n')}`,
);

async function bundled(contents: string): Promise<number> {
  const options: BuildOptions = {
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const stdin = { contents, resolveDir: process.cwd() };
  const { outputFiles } = await build({ ...options, stdin, write: false });
  return brotliBytes(Buffer.from(outputFiles[0]!.contents));
}
