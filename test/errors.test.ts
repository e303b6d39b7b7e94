import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asVoiceError, VoiceError } from '../src/errors.js';

describe('what a page throws', () => {
  it('becomes an error with its text, whatever it is', () => {
    for (const [thrown, message] of [
      [new TypeError('No.'), 'TypeError: No.'],
      [undefined, 'undefined'],
      [Object.create(null), 'Unreadable error'],
      [{ toString: () => ({}) }, 'Unreadable error'],
    ] as const) {
      const error = asVoiceError(thrown);
      assert.deepEqual([error.code, error.message, error.cause], ['connection-failed', message, thrown]);
    }
  });

  it('stays as it is if it is a VoiceError', () => {
    const error = new VoiceError('rate-limited', 'Wait.');
    assert.equal(asVoiceError(error), error);
  });
});
