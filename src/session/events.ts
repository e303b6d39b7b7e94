import type { VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import type { VoiceState } from './record/session-state.js';
import type { TranscriptEntry } from './record/transcript.js';
import type { Usage } from '../protocol/usage.js';

/** What every event of the package has in common: it crosses shadow roots, and a clone can be made from its detail. */
function voiceEvent<Detail>(type: keyof VoiceEventMap, init?: EventInit): new (detail: Detail) => CustomEvent<Detail> {
  return class extends CustomEvent<Detail> {
    constructor(detail: Detail) {
      super(type, { bubbles: true, composed: true, ...init, detail });
    }
  };
}

/** Before any request or prompt. `preventDefault()` cancels the start. */
export class VoiceStartEvent extends voiceEvent<{ readonly microphone: boolean }>('voice-start', {
  cancelable: true,
}) {}

export interface StateChangeDetail {
  readonly state: VoiceState;
  readonly previousState: VoiceState;
}

export class VoiceStateChangeEvent extends voiceEvent<StateChangeDetail>('voice-state-change') {}

export interface TranscriptDetail {
  readonly entry: TranscriptEntry;
  readonly transcript: readonly TranscriptEntry[];
}

/** At every change of an entry. */
export class VoiceTranscriptEvent extends voiceEvent<TranscriptDetail>('voice-transcript') {}

export interface ToolCallDetail {
  readonly name: string;
  /** The parsed JSON arguments. */
  readonly arguments: unknown;
  readonly callId: string;
  /** Answers the call; the first answer counts. A rejected promise reaches the model as an error output. */
  respondWith(valueOrPromise: unknown): void;
}

export class VoiceToolCallEvent extends voiceEvent<ToolCallDetail>('voice-tool-call') {}

export interface UsageDetail {
  readonly total: Usage;
  readonly last: Usage;
}

export class VoiceUsageEvent extends voiceEvent<UsageDetail>('voice-usage') {}

export interface QualityDetail {
  readonly quality: 'good' | 'poor';
  readonly roundTripMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
}

/** When the connection's quality changes. */
export class VoiceQualityEvent extends voiceEvent<QualityDetail>('voice-quality') {}

export type VoiceWarningCode =
  'idle' | 'max-duration' | 'playback-blocked' | 'microphone-silent' | 'microphone-interrupted' | 'muted-speech';

export interface WarningDetail {
  readonly code: VoiceWarningCode;
  readonly message: string;
  readonly secondsLeft?: number;
}

export class VoiceWarningEvent extends voiceEvent<WarningDetail>('voice-warning') {}

export interface ReconnectDetail {
  readonly attempt: number;
  readonly resumedEntries: number;
  readonly durationMs: number;
}

/** After a successful reconnect. */
export class VoiceReconnectEvent extends voiceEvent<ReconnectDetail>('voice-reconnect') {}

/** Exactly one for each failure. */
export class VoiceErrorEvent extends voiceEvent<{ readonly error: VoiceError }>('voice-error') {}

export type EndReason = 'stopped' | 'idle' | 'max-duration' | 'removed' | 'page-hidden' | 'remote' | 'error';

export interface EndDetail {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly usage: Usage;
  readonly transcript: readonly TranscriptEntry[];
}

export class VoiceEndEvent extends voiceEvent<EndDetail>('voice-end') {}

/** The raw wire event. It does not bubble: there are many, and they are for the page that asked. */
export class VoiceServerEvent extends voiceEvent<WireEvent>('voice-server-event', {
  bubbles: false,
  composed: false,
}) {}

/** The events of `VoiceSession` by name. `<realtime-voice>` adds `voice-consent`. */
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
