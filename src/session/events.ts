import type { VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import type { Usage } from '../protocol/usage.js';
import type { Suggestion } from './suggestion.js';
import type { TranscriptEntry } from './transcript-entry.js';
import type { VoiceState } from './voice-state.js';

/** The base class of an event. Its detail is the only argument, so that a copy can be made from an event's detail. */
function voiceEvent<Detail>(type: keyof VoiceEventMap, init?: EventInit): new (detail: Detail) => CustomEvent<Detail> {
  return class extends CustomEvent<Detail> {
    constructor(detail: Detail) {
      super(type, { bubbles: true, composed: true, ...init, detail });
    }
  };
}

/**
 * Before a call starts, before any prompt. `preventDefault()` cancels the start, and hangs up what was made ahead of it
 * by `warm()` or `press()`.
 */
export class VoiceStartEvent extends voiceEvent<{ readonly microphone: boolean }>('voice-start', {
  cancelable: true,
}) {}

/** The detail of `voice-state-change`. */
export interface StateChangeDetail {
  readonly state: VoiceState;
  readonly previousState: VoiceState;
}

/** The state has changed. */
export class VoiceStateChangeEvent extends voiceEvent<StateChangeDetail>('voice-state-change') {}

/** The detail of `voice-transcript`. */
export interface TranscriptDetail {
  /** The entry that is new or has changed. */
  readonly entry: TranscriptEntry;
  /** The whole transcript, in the order of the conversation. */
  readonly transcript: readonly TranscriptEntry[];
}

/** An entry of the transcript is new or has changed. */
export class VoiceTranscriptEvent extends voiceEvent<TranscriptDetail>('voice-transcript') {}

/** What a listener of `voice-tool-call` can add to its answer. */
export interface AnswerOptions {
  /** Up to four things that the visitor may want to say next. The element shows them when the answer is over. */
  readonly suggestions?: readonly Suggestion[];
}

/** The detail of `voice-tool-call`. */
export interface ToolCallDetail {
  /** The name of the tool. */
  readonly name: string;
  /** The parsed JSON arguments. */
  readonly arguments: unknown;
  /** The service's id of the tool call. */
  readonly callId: string;
  /**
   * Answers the tool call; only the first answer counts. The model is told of a rejected promise as an error.
   * @throws {VoiceError} `configuration` if it comes after the event, and nothing is shown: pass a promise instead
   */
  respondWith(valueOrPromise: unknown, options?: AnswerOptions): void;
  /**
   * Shows an element at this place in the conversation, such as a product or a form. The element that is shown stays
   * yours. If this is called before the event is over, the tool may take as long as the visitor needs: without
   * `execute`, `respondWith` may then come later. Returns whether there is room for it.
   * @throws {VoiceError} `configuration` if it is no element, if it is shown already, and after the end of the call
   */
  show(node: Element): boolean;
}

/** The model calls a tool. A listener may answer; otherwise the tool's `execute` does. */
export class VoiceToolCallEvent extends voiceEvent<ToolCallDetail>('voice-tool-call') {}

/** The detail of `voice-usage`. */
export interface UsageDetail {
  /** The usage of the whole call. */
  readonly total: Usage;
  /** The usage that was added now. */
  readonly last: Usage;
}

/** The service has reported the usage of a response or of a transcription. */
export class VoiceUsageEvent extends voiceEvent<UsageDetail>('voice-usage') {}

/** The detail of `voice-quality`. */
export interface QualityDetail {
  readonly quality: 'good' | 'poor';
  /** Round trip time, in milliseconds. */
  readonly roundTripMs: number;
  /** Jitter of the received packets, in milliseconds. */
  readonly jitterMs: number;
  /** Lost packets, of the worse direction, in percent. */
  readonly lossPercent: number;
}

/** The quality of the connection has changed between `good` and `poor`. */
export class VoiceQualityEvent extends voiceEvent<QualityDetail>('voice-quality') {}

/** What a `voice-warning` warns of. */
export type VoiceWarningCode =
  | 'idle'
  | 'max-duration'
  | 'no-answer'
  | 'answer-failed'
  | 'playback-blocked'
  | 'microphone-silent'
  | 'microphone-interrupted'
  | 'muted-speech';

/** The detail of `voice-warning`. */
export interface WarningDetail {
  readonly code: VoiceWarningCode;
  /** What happened, in English, for the developer. */
  readonly message: string;
  /** Seconds until the call ends; only for `idle` and `max-duration`. */
  readonly secondsLeft?: number;
}

/** Something needs the visitor's attention, and the call goes on. */
export class VoiceWarningEvent extends voiceEvent<WarningDetail>('voice-warning') {}

/** The detail of `voice-reconnect`. */
export interface ReconnectDetail {
  /** The number of the try that succeeded, from 1. */
  readonly attempt: number;
  /** The number of transcript entries that the new session was told. */
  readonly resumedEntries: number;
  /** The time since the connection was lost, in milliseconds. */
  readonly durationMs: number;
}

/** A lost connection has been replaced. */
export class VoiceReconnectEvent extends voiceEvent<ReconnectDetail>('voice-reconnect') {}

/** Something has failed. There is exactly one event for each failure. */
export class VoiceErrorEvent extends voiceEvent<{ readonly error: VoiceError }>('voice-error') {}

/** Why a call ended. */
export type EndReason = 'stopped' | 'idle' | 'max-duration' | 'removed' | 'page-hidden' | 'remote' | 'error';

/** The detail of `voice-end`. */
export interface EndDetail {
  readonly reason: EndReason;
  /** The time since the call was ready, in milliseconds; 0 if it never was. */
  readonly durationMs: number;
  readonly usage: Usage;
  readonly transcript: readonly TranscriptEntry[];
  /** Whether it ended because another call was started, on the page or in another tab of the site; with `stopped`. */
  readonly elsewhere?: boolean;
}

/** A call has ended. */
export class VoiceEndEvent extends voiceEvent<EndDetail>('voice-end') {}

/** A raw event of the wire protocol. It does not bubble, because there are many and few pages need them. */
export class VoiceServerEvent extends voiceEvent<WireEvent>('voice-server-event', { bubbles: false }) {}

/** The events of `VoiceSession` by name. `<realtime-voice>` adds some of its own. */
export interface VoiceEventMap {
  'voice-start': VoiceStartEvent;
  'voice-state-change': VoiceStateChangeEvent;
  'voice-transcript': VoiceTranscriptEvent;
  'voice-tool-call': VoiceToolCallEvent;
  'voice-usage': VoiceUsageEvent;
  'voice-quality': VoiceQualityEvent;
  'voice-warning': VoiceWarningEvent;
  'voice-reconnect': VoiceReconnectEvent;
  'voice-error': VoiceErrorEvent;
  'voice-end': VoiceEndEvent;
  'voice-server-event': VoiceServerEvent;
}

interface VoiceEventListening extends EventTarget {
  addEventListener<Type extends keyof VoiceEventMap>(
    type: Type,
    listener: ((event: VoiceEventMap[Type]) => unknown) | EventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** `EventTarget`, with the events of `VoiceEventMap` typed. */
export const VoiceEventTarget = EventTarget as new () => VoiceEventListening;
