import { ServiceRefusal, VoiceError, type VoiceErrorCode } from '../errors.js';
import type { Signal } from '../protocol/signals.js';
import type { EndReason } from './events.js';

/** What a signal means for the whole call. */
export type CallOutcome =
  /** The session is over but the conversation can go on in a new one. `code` names the loss if that fails. */
  | { readonly type: 'lost'; readonly code: VoiceErrorCode }
  /** The call is over; with an error it has failed. */
  | { readonly type: 'ended'; readonly reason: EndReason; readonly error?: VoiceError };

/** What a signal means for the whole call; undefined for most signals, which do not end anything. */
export function outcomeOf(signal: Signal): CallOutcome | undefined {
  if (signal.type === 'session-closed') return closed(signal.reason);
  const fault = signal.type === 'response-ended' ? signal.fault : signal.type === 'fault' ? signal : undefined;
  if (fault?.code === 'session-expired') return { type: 'lost', code: fault.code };
  if (fault?.severity !== 'fatal') return undefined;
  const { code, message } = fault;
  return failed(code === 'token-unauthorized' ? new ServiceRefusal(message) : new VoiceError(code, message));
}

/** The reasons are those of GPT-Live's `session.closed`. */
function closed(reason = 'no reason given'): CallOutcome {
  switch (reason) {
    case 'expired':
      return { type: 'lost', code: 'session-expired' };
    case 'connection_lost':
      return { type: 'lost', code: 'connection-lost' };
    case 'close_requested':
    case 'remote_hangup':
      return { type: 'ended', reason: 'remote' };
    default:
      return failed(new VoiceError('server-error', `The service closed the session: ${reason}.`));
  }
}

function failed(error: VoiceError): CallOutcome {
  return { type: 'ended', reason: 'error', error };
}
