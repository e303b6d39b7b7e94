import type { VoiceError } from '../errors.js';
import type { SessionKind } from '../protocol/signals.js';
import type { Usage } from '../protocol/usage.js';
import type { Call } from './call.js';
import { VoiceEventTarget, type VoiceWarningCode } from './events.js';
import { CallRecord } from './record/call-record.js';
import { voiceState } from './record/session-state.js';
import type { TranscriptEntry } from './transcript-entry.js';
import type { VoiceState } from './voice-state.js';

/** What a session tells about its call. */
export abstract class SessionFacts extends VoiceEventTarget {
  /** @internal */
  protected readonly record = new CallRecord(this);
  /** @internal The running call. */
  protected call: Call | undefined;

  /** The state in one word; `idle` before the first call. */
  get state(): VoiceState {
    return voiceState(this.record.state);
  }

  /** Whether the visitor speaks now, as the service or push-to-talk reports it. */
  get userSpeaking(): boolean {
    return this.record.turn?.userSpeaking ?? false;
  }

  /** Why the call failed; undefined unless the state is `failed`. */
  get error(): VoiceError | undefined {
    const { state } = this.record;
    return state.phase === 'failed' ? state.error : undefined;
  }

  /** The transcript of this call or of the last one, in the order of the conversation. A change makes a new array. */
  get transcript(): readonly TranscriptEntry[] {
    return this.record.transcript;
  }

  /** The usage of this call or of the last one. */
  get usage(): Usage {
    return this.record.usage;
  }

  /** Whether the service converses or only transcribes; `conversation` until the session is announced. */
  get kind(): SessionKind {
    return this.call?.session?.kind ?? 'conversation';
  }

  /** The language of the visitor's speech, such as `de`; undefined without a call, or if nobody tells it. */
  get language(): string | undefined {
    return this.call?.language;
  }

  /** The service's id of the call; undefined without a call, or if the service names none. */
  get callId(): string | undefined {
    return this.call?.connection.callId;
  }

  /** Whether the microphone is on; `asking` while the browser's prompt is open. */
  get microphone(): 'off' | 'asking' | 'on' {
    return this.call?.microphone.state ?? 'off';
  }

  /** Loudness of the visitor as it is sent, 0…1. */
  get inputLevel(): number {
    return this.call?.media.inputLevel ?? 0;
  }

  /** Loudness of the assistant, 0…1; 0 while it is silenced here. */
  get outputLevel(): number {
    return this.call?.media.outputLevel ?? 0;
  }

  /** The names of the tools that run now, without those that wait for the visitor's consent or answer. */
  get runningTools(): readonly string[] {
    return this.call?.tools.running ?? [];
  }

  /** Whether a warning still holds; only `idle`, `no-answer` and `answer-failed` are ever taken back. */
  isWarning(code: VoiceWarningCode): boolean {
    return this.call?.warnings.has(code) ?? false;
  }
}
