export interface ConsentDetail {
  /** The version of the consent text. */
  readonly version: string;
  /** False when the visitor declined, or took an earlier consent back. */
  readonly accepted: boolean;
}

/** Dispatched when the visitor accepts or declines the consent text, or withdraws the consent. */
export class VoiceConsentEvent extends CustomEvent<ConsentDetail> {
  constructor(detail: ConsentDetail) {
    super('voice-consent', { bubbles: true, composed: true, detail });
  }
}

// The session never dispatches it, so the session's own map of events does not name it.
declare module '../../session/events.js' {
  interface VoiceEventMap {
    'voice-consent': VoiceConsentEvent;
  }
}
