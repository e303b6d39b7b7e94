import type { VoiceErrorCode } from '../errors.js';
import { fields, text } from '../json-fields.js';
import type { Fault, Signal } from './signals.js';

/** Codes of the service (it enumerates none; these were seen) that end the session or make it useless. */
const FATAL: ReadonlyMap<string, VoiceErrorCode> = new Map([
  ['session_expired', 'session-expired'],
  ['insufficient_quota', 'quota-exceeded'],
  ['invalid_api_key', 'token-unauthorized'],
  ['beta_api_shape_disabled', 'configuration'],
]);

/** Reads the `error` object of an `error` event or of a failed response. */
export function readFault(value: unknown): Fault {
  const error = fields(value);
  const code = text(error['code'], error['type']) ?? '';
  const fatal = FATAL.get(code);
  return {
    type: 'fault',
    severity: fatal ? 'fatal' : code === 'conversation_already_has_active_response' ? 'busy' : 'passing',
    code: fatal ?? (code.includes('rate_limit') ? 'rate-limited' : 'server-error'),
    message: text(error['message']) ?? (code || 'No reason given'),
  };
}

export function readError(value: unknown): Signal[] {
  const fault = readFault(value);
  // Too short a turn: the service made nothing of it, so nothing is to be waited for.
  const discarded = fields(value)['code'] === 'input_audio_buffer_commit_empty';
  return discarded ? [{ type: 'turn-discarded' }, fault] : [fault];
}
