import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Beta, isBeta } from '../../src/protocol/beta.js';
import { realtime } from '../../src/protocol/realtime.js';
import { SPOILED } from './spoiled.js';
import { assertWellFormed } from './well-formed.js';

const word = (delta: string, response_id = 'resp_1') => ({
  type: 'response.audio_transcript.delta',
  item_id: 'item_1',
  response_id,
  delta,
});
const done = (id = 'resp_1') => ({ type: 'response.done', response: { id, status: 'completed' } });

describe('the beta', () => {
  it('is recognised by the name of its spoken text, which GA does not use', () => {
    assert.equal(isBeta(word('Hi')), true);
    for (const type of ['response.output_audio_transcript.delta', 'response.text.delta', 'session.created'])
      assert.equal(isBeta({ type }), false);
  });

  it('reports playback from the first spoken text to the end of the response', () => {
    const beta = new Beta();
    const types = [word('From'), word(' ten.'), done(), done(), word('Yes.', 'resp_2')].map((event) =>
      beta.read(event).map(({ type }) => type),
    );
    assert.deepEqual(types, [
      ['playback-started', 'text-added'],
      ['text-added'],
      ['response-ended', 'playback-ended'],
      ['response-ended'],
      ['playback-started', 'text-added'],
    ]);
  });

  it('reports no playback of a written answer', () => {
    const written = { type: 'response.text.delta', item_id: 'item_1', response_id: 'resp_1', delta: 'Hi' };
    assert.deepEqual(
      [written, done()].flatMap((event) => new Beta().read(event)),
      [written, done()].flatMap((event) => realtime.read(event)),
    );
  });

  it('makes well-formed signals whatever the fields hold', () => {
    const beta = new Beta();
    for (const junk of SPOILED) {
      const event = { type: 'response.audio_transcript.delta', item_id: junk, response_id: junk, delta: junk };
      assert.doesNotThrow(() =>
        assertWellFormed([...beta.read(event), ...beta.read({ type: 'response.done', response: junk })]),
      );
    }
  });
});
