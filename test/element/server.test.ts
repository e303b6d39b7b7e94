import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RealtimeVoiceElement } from '../../src/index.js';

/** What a server renderer calls, which pages do not. */
interface Rendered {
  render(): { readonly strings: readonly string[] };
}

describe('on a server, without a browser', () => {
  it('the element can be constructed', () => {
    const element = new RealtimeVoiceElement();
    assert.deepEqual([element.state, element.muted, element.idleTimeout], ['idle', false, 180]);
  });

  it('the element makes its template', () => {
    const element = new RealtimeVoiceElement();
    const { strings } = (element as unknown as Rendered).render();
    assert.match(strings.join(''), /part="panel"/);
  });
});
