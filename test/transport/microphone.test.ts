import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VoiceErrorCode } from '../../src/errors.js';
import { microphoneError } from '../../src/transport/microphone.js';

/** The names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia, and browsers' own. */
const TABLE: readonly [name: string, message: string, permission: PermissionState | undefined, VoiceErrorCode][] = [
  ['NotAllowedError', 'Permission denied', 'denied', 'microphone-denied'],
  ['NotAllowedError', 'Permission denied by system', 'granted', 'microphone-denied'],
  ['NotAllowedError', 'The request is not allowed by the user agent', undefined, 'microphone-denied'],
  ['NotAllowedError', 'Permission dismissed', 'denied', 'microphone-dismissed'],
  ['NotAllowedError', 'Permission dismissed', undefined, 'microphone-dismissed'],
  ['NotAllowedError', 'Permission denied', 'prompt', 'microphone-dismissed'],
  ['SecurityError', 'Access is not allowed', undefined, 'microphone-denied'],
  ['NotFoundError', 'Requested device not found', 'granted', 'microphone-missing'],
  ['NotFoundError', 'Requested device not found', 'prompt', 'microphone-missing'],
  ['OverconstrainedError', '', 'granted', 'microphone-missing'],
  ['TypeError', 'At least one of audio and video must be requested', 'prompt', 'microphone-missing'],
  ['NotReadableError', 'Could not start audio source', 'granted', 'microphone-busy'],
  ['AbortError', 'Starting audio input failed', 'granted', 'microphone-busy'],
];

describe('a refusal of the microphone', () => {
  for (const [name, message, permission, code] of TABLE) {
    it(`${name} “${message}”, permission ${permission}, is ${code}`, () => {
      const cause = new DOMException(message, name);
      const error = microphoneError(cause, false, permission);
      assert.deepEqual([error.code, error.cause, error.retriable], [code, cause, true]);
      assert.equal(error.message, `The microphone failed: ${name}: ${message}`);
    });
  }

  for (const name of ['NotAllowedError', 'SecurityError']) {
    it(`${name} where a policy forbids it is microphone-blocked, and says how to allow it`, () => {
      const error = microphoneError(new DOMException('Permission denied', name), true, 'prompt');
      assert.deepEqual([error.code, error.retriable], ['microphone-blocked', false]);
      assert.match(error.message, /Permissions-Policy.*allow="microphone; autoplay"/);
    });
  }

  it('for another reason keeps its code, even in a frame with a policy', () => {
    assert.equal(microphoneError(new DOMException('', 'NotReadableError'), true, 'granted').code, 'microphone-busy');
    assert.equal(microphoneError(new DOMException('', 'NotFoundError'), true, 'granted').code, 'microphone-missing');
  });
});
