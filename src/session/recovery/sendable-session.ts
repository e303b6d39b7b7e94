import { VoiceError } from '../../errors.js';
import { fields } from '../../json-fields.js';
import { toJson } from '../../json-text.js';

/** @throws {VoiceError} `configuration` if `initialSession` can be sent to no session */
export function checkInitialSession(initialSession: unknown): void {
  if (initialSession != null && fields(initialSession) !== initialSession)
    throw new VoiceError('configuration', 'initialSession must be an object, such as { instructions: "..." }.');
  explainUnsendable(() => toJson(initialSession));
}

/**
 * Sends or checks a `session.update`.
 * @throws {VoiceError} `configuration` if it is no JSON, or larger than the channel carries
 */
export function explainUnsendable(step: () => void): void {
  try {
    step();
  } catch (cause) {
    const message = 'initialSession and tools must be JSON that fits into one message: see cause.';
    throw new VoiceError('configuration', message, { cause });
  }
}
