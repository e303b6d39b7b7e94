import type { VoiceEventMap } from '../index.js';

/** `onVoiceStateChange` for `voice-state-change`. */
type ListenerName<Event extends string> = `on${Joined<Event>}`;
type Joined<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Joined<Rest>}`
  : Capitalize<Words>;

export type Listeners = {
  readonly [Event in keyof VoiceEventMap as ListenerName<Event>]?: (event: VoiceEventMap[Event]) => void;
};

/** The event of each listener. */
export const EVENTS: { readonly [Event in keyof VoiceEventMap as ListenerName<Event>]: Event } = {
  onVoiceStart: 'voice-start',
  onVoiceStateChange: 'voice-state-change',
  onVoiceTranscript: 'voice-transcript',
  onVoiceToolCall: 'voice-tool-call',
  onVoiceUsage: 'voice-usage',
  onVoiceQuality: 'voice-quality',
  onVoiceWarning: 'voice-warning',
  onVoiceReconnect: 'voice-reconnect',
  onVoiceConsent: 'voice-consent',
  onVoiceHandover: 'voice-handover',
  onVoiceFeedback: 'voice-feedback',
  onVoiceError: 'voice-error',
  onVoiceEnd: 'voice-end',
  onVoiceServerEvent: 'voice-server-event',
};
