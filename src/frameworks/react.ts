'use client';

import { createComponent } from '@lit/react';
import * as React from 'react';
import type { ElementOptions } from '../element/options.js';
import { RealtimeVoiceElement, type VoiceEventMap } from '../index.js';

/** `onVoiceStateChange` for `voice-state-change`. */
type ListenerName<Event extends string> = `on${Joined<Event>}`;
type Joined<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Joined<Rest>}`
  : Capitalize<Words>;

type Listeners = {
  readonly [Event in keyof VoiceEventMap as ListenerName<Event>]?: (event: VoiceEventMap[Event]) => void;
};

const EVENTS: { readonly [Event in keyof VoiceEventMap as ListenerName<Event>]: Event } = {
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

/** The properties of the element, its events as `onVoiceStart` and so on, and what every HTML element has. */
export type RealtimeVoiceProps = Partial<ElementOptions> &
  Listeners &
  Omit<React.HTMLAttributes<RealtimeVoiceElement>, keyof ElementOptions>;

/**
 * `<realtime-voice>` as a component of React. On a server it renders the empty tag. Properties and listeners are set
 * when the component is mounted or hydrated.
 */
export const RealtimeVoice = createComponent({
  react: React,
  tagName: 'realtime-voice',
  elementClass: RealtimeVoiceElement,
  events: EVENTS,
  displayName: 'RealtimeVoice',
}) as React.ForwardRefExoticComponent<RealtimeVoiceProps & React.RefAttributes<RealtimeVoiceElement>>;
