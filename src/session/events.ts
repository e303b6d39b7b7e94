import type { VoiceError } from '../errors.js';
import type { WireEvent } from '../protocol/signals.js';
import type { VoiceState } from './session-state.js';
import type { TranscriptEntry } from './transcript.js';
import type { Usage } from '../protocol/usage.js';

/** What every event of the package has in common: it crosses shadow roots, and a clone can be made from its detail. */
abstract class VoiceEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail, init: EventInit = {}) {
    super(type, { bubbles: true, composed: true, ...init, detail });
  }
}

/** Before any request or prompt. `preventDefault()` cancels the start. */
export class VoiceStartEvent extends VoiceEvent<{ readonly microphone: boolean }> {
  constructor(detail: { readonly microphone: boolean }) {
    super('voice-start', detail, { cancelable: true });
  }
}

export interface StateChangeDetail {
  readonly state: VoiceState;
  readonly previousState: VoiceState;
}

export class VoiceStateChangeEvent extends VoiceEvent<StateChangeDetail> {
  constructor(detail: StateChangeDetail) {
    super('voice-state-change', detail);
  }
}

export interface TranscriptDetail {
  readonly entry: TranscriptEntry;
  readonly transcript: readonly TranscriptEntry[];
}

/** At every change of an entry. */
export class VoiceTranscriptEvent extends VoiceEvent<TranscriptDetail> {
  constructor(detail: TranscriptDetail) {
    super('voice-transcript', detail);
  }
}

export interface ToolCallDetail {
  readonly name: string;
  /** The parsed JSON arguments. */
  readonly arguments: unknown;
  readonly callId: string;
  /** Answers the call; the first answer counts. A rejected promise reaches the model as an error output. */
  respondWith(valueOrPromise: unknown): void;
}

export class VoiceToolCallEvent extends VoiceEvent<ToolCallDetail> {
  constructor(detail: ToolCallDetail) {
    super('voice-tool-call', detail);
  }
}

export interface UsageDetail {
  readonly total: Usage;
  readonly last: Usage;
}

export class VoiceUsageEvent extends VoiceEvent<UsageDetail> {
  constructor(detail: UsageDetail) {
    super('voice-usage', detail);
  }
}

export interface QualityDetail {
  readonly quality: 'good' | 'poor';
  readonly roundTripMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
}

/** When the connection's quality changes. */
export class VoiceQualityEvent extends VoiceEvent<QualityDetail> {
  constructor(detail: QualityDetail) {
    super('voice-quality', detail);
  }
}

export type VoiceWarningCode =
  | 'idle'
  | 'max-duration'
  | 'playback-blocked'
  | 'microphone-silent'
  | 'microphone-interrupted'
  | 'muted-speech';

export interface WarningDetail {
  readonly code: VoiceWarningCode;
  readonly message: string;
  readonly secondsLeft?: number;
}

export class VoiceWarningEvent extends VoiceEvent<WarningDetail> {
  constructor(detail: WarningDetail) {
    super('voice-warning', detail);
  }
}

export interface ReconnectDetail {
  readonly attempt: number;
  readonly resumedEntries: number;
  readonly durationMs: number;
}

/** After a successful reconnect. */
export class VoiceReconnectEvent extends VoiceEvent<ReconnectDetail> {
  constructor(detail: ReconnectDetail) {
    super('voice-reconnect', detail);
  }
}

export interface ConsentDetail {
  readonly version: string;
  readonly accepted: boolean;
}

export class VoiceConsentEvent extends VoiceEvent<ConsentDetail> {
  constructor(detail: ConsentDetail) {
    super('voice-consent', detail);
  }
}

/** Exactly one for each failure. */
export class VoiceErrorEvent extends VoiceEvent<{ readonly error: VoiceError }> {
  constructor(detail: { readonly error: VoiceError }) {
    super('voice-error', detail);
  }
}

export type EndReason = 'stopped' | 'idle' | 'max-duration' | 'removed' | 'page-hidden' | 'remote' | 'error';

export interface EndDetail {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly usage: Usage;
  readonly transcript: readonly TranscriptEntry[];
}

export class VoiceEndEvent extends VoiceEvent<EndDetail> {
  constructor(detail: EndDetail) {
    super('voice-end', detail);
  }
}

/** The raw wire event. It does not bubble: there are many, and they are for the page that asked. */
export class VoiceServerEvent extends VoiceEvent<WireEvent> {
  constructor(detail: WireEvent) {
    super('voice-server-event', detail, { bubbles: false, composed: false });
  }
}

/** The events of `VoiceSession` and of `<realtime-voice>` by name. */
export interface VoiceEventMap {
  'voice-start': VoiceStartEvent;
  'voice-state-change': VoiceStateChangeEvent;
  'voice-transcript': VoiceTranscriptEvent;
  'voice-tool-call': VoiceToolCallEvent;
  'voice-usage': VoiceUsageEvent;
  'voice-quality': VoiceQualityEvent;
  'voice-warning': VoiceWarningEvent;
  'voice-reconnect': VoiceReconnectEvent;
  'voice-consent': VoiceConsentEvent;
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
