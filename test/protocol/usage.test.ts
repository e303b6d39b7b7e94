import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addUsage, NO_USAGE, readUsage, type Usage } from '../../src/protocol/usage.js';
import { SERVER_EVENTS } from './server-events.js';
import { read } from './wire.js';

describe('usage', () => {
  it('counts a transcription in tokens or in seconds', () => {
    assert.deepEqual(readUsage(undefined, { type: 'tokens', total_tokens: 9 }), {
      ...NO_USAGE,
      transcriptionTokens: 9,
    });
    assert.deepEqual(readUsage(undefined, { type: 'duration', seconds: 2.5 }), {
      ...NO_USAGE,
      transcriptionSeconds: 2.5,
    });
  });

  it('counts a missing or invalid number as 0', () => {
    for (const count of [undefined, null, -1, NaN, Infinity, '12', [3], {}, true]) {
      assert.deepEqual(
        readUsage({
          total_tokens: count,
          input_tokens: count,
          output_tokens: count,
          input_token_details: { text_tokens: count, audio_tokens: count, cached_tokens: count },
          output_token_details: { text_tokens: count, audio_tokens: count },
        }),
        NO_USAGE,
      );
    }
    for (const none of [undefined, null, 'many', 12, [1, 2]]) assert.deepEqual(readUsage(none), NO_USAGE);
    for (const none of [undefined, null, 'many', 12, [1, 2]]) assert.deepEqual(readUsage(undefined, none), NO_USAGE);
  });

  it('is reported only if the response has it', () => {
    const done = SERVER_EVENTS['response.done'];
    for (const usage of [undefined, null]) {
      assert.deepEqual(
        read({ ...done, response: { ...done.response, output: [], usage } }).map(({ type }) => type),
        ['response-ended'],
      );
    }
  });

  it('adds up each kind separately', () => {
    const kinds = Object.keys(NO_USAGE) as (keyof Usage)[];
    const each = (factor: number) =>
      Object.fromEntries(kinds.map((kind, index) => [kind, factor * 10 ** index])) as unknown as Usage;
    assert.deepEqual(addUsage(each(1), each(2)), each(3));
    assert.deepEqual(addUsage(each(1), NO_USAGE), each(1));
  });
});
