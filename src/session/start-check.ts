import { checkEndpoint } from './connection/client-secret.js';
import { checkInitialTranscript } from './record/recalled.js';
import { checkInitialSession } from './recovery/sendable-session.js';
import type { VoiceSessionOptions } from './session-options.js';

/**
 * Checks what can be known before anything is sent, and before another call is ended for the one that starts.
 * @throws {VoiceError} `configuration`
 */
export function checkStart(options: VoiceSessionOptions): void {
  if (options.fault) throw options.fault;
  checkEndpoint(options);
  checkInitialSession(options.initialSession);
  checkInitialTranscript(options.initialTranscript);
}
