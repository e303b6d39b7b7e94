import { type EndDetail, VoiceEndEvent, VoiceQualityEvent, VoiceStartEvent } from '../../session/events.js';
import type { SessionKind } from '../../session/index.js';
import type { SessionEvent } from '../call/session-controller.js';

/** What the card has to remember of the current or last call, because the session only announces it. */
export class CallMemory {
  /** How the last call ended; undefined before the first call, during a call and after one that failed. */
  ended: EndDetail | undefined;
  /** A conversation, or a dictation without answers. */
  kind: SessionKind = 'conversation';
  /** The connection loses or delays many packets. */
  weakConnection = false;

  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceQualityEvent) this.weakConnection = event.detail.quality === 'poor';
    if (event instanceof VoiceStartEvent) this.forget();
    if (event instanceof VoiceEndEvent) this.#rememberEnd(event.detail);
  }

  forget(): void {
    this.ended = undefined;
    this.kind = 'conversation';
    this.weakConnection = false;
  }

  /** A start that was cancelled before the call was ready leaves the card as it was. */
  #rememberEnd(detail: EndDetail): void {
    if (detail.durationMs > 0 && detail.reason !== 'error') this.ended = detail;
  }
}
