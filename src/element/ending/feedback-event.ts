/** What the visitor thinks of a call. */
export type Rating = 'good' | 'poor';

export interface FeedbackDetail {
  readonly rating: Rating;
  /** What the visitor wrote; absent until they send it. */
  readonly comment?: string;
}

/** Dispatched when the visitor rates the call that has ended, and again with a comment. The latest one counts. */
export class VoiceFeedbackEvent extends CustomEvent<FeedbackDetail> {
  constructor(detail: FeedbackDetail) {
    super('voice-feedback', { bubbles: true, composed: true, detail });
  }
}

// The session never dispatches it, so the session's own map of events does not name it.
declare module '../../session/events.js' {
  interface VoiceEventMap {
    'voice-feedback': VoiceFeedbackEvent;
  }
}
