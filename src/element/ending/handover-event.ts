import type { TranscriptEntry } from '../../session/index.js';

export interface HandoverDetail {
  /** What was said in this call, or in the last one. */
  readonly transcript: readonly TranscriptEntry[];
  /** The service's id of that call, where it tells one. */
  readonly callId: string | undefined;
}

/** Dispatched when the visitor asks for a person. The call goes on until the page ends it. */
export class VoiceHandoverEvent extends CustomEvent<HandoverDetail> {
  constructor(detail: HandoverDetail) {
    super('voice-handover', { bubbles: true, composed: true, detail });
  }
}

// The session never dispatches it, so the session's own map of events does not name it.
declare module '../../session/events.js' {
  interface VoiceEventMap {
    'voice-handover': VoiceHandoverEvent;
  }
}
