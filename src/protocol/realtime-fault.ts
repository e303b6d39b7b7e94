import type { VoiceErrorCode } from '../errors.js';
import { fields, text } from '../json-fields.js';
import type { Fault, Signal } from './signals.js';

/** Error codes after which the session is of no use. The service documents no list; these have been observed. */
const FATAL: ReadonlyMap<string, VoiceErrorCode> = new Map([
  ['session_expired', 'session-expired'],
  ['insufficient_quota', 'quota-exceeded'],
  ['invalid_api_key', 'token-unauthorized'],
  ['beta_api_shape_disabled', 'configuration'],
]);

/** Error codes of commands that crossed the end of a response, or the end of a turn that was too short. */
const OUTDATED = /^(response_cancel_not_active|input_audio_buffer_commit_empty)$/;

/** Reads the `error` object of an `error` event or of a failed response. */
export function readFault(value: unknown): Fault {
  const error = fields(value);
  const code = text(error['code'], error['type']) ?? '';
  const fatal = FATAL.get(code);
  const isBusy = code === 'conversation_already_has_active_response';
  const isServerFailure = !code || code === 'server_error' || error['type'] === 'server_error';
  // GPT-Live has another name for the field.
  const rejectedEventId = text(error['client_event_id'], error['event_id']);
  return {
    type: 'fault',
    severity: fatal ? 'fatal' : isBusy ? 'busy' : OUTDATED.test(code) ? 'outdated' : 'passing',
    code: fatal ?? (code.includes('rate_limit') ? 'rate-limited' : 'server-error'),
    message: text(error['message']) ?? (code || 'No reason given'),
    ...(isServerFailure && { isServerFailure }),
    ...(rejectedEventId && { rejectedEventId }),
  };
}

/** Reads an `error` event. */
export function readError(value: unknown): Signal[] {
  const fault = readFault(value);
  // The turn was too short, so the service made no item of it.
  const isDiscarded = fields(value)['code'] === 'input_audio_buffer_commit_empty';
  return isDiscarded ? [{ type: 'turn-discarded' }, fault] : [fault];
}
