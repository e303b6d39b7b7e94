'use client';

import { createComponent } from '@lit/react';
import * as React from 'react';
import type { ElementOptions } from '../element/options.js';
import { RealtimeVoiceElement } from '../index.js';
import { EVENTS, type Listeners } from './react-events.js';
import { markupOf } from './react-markup.js';

/** The properties of the element, its events as `onVoiceStart` and so on, and what every HTML element has. */
export type RealtimeVoiceProps = Partial<ElementOptions> &
  Listeners &
  Omit<React.HTMLAttributes<RealtimeVoiceElement>, keyof ElementOptions>;

/** Sets properties and listeners when it is mounted or hydrated. */
const Mounted = createComponent({
  react: React,
  tagName: 'realtime-voice',
  elementClass: RealtimeVoiceElement,
  events: EVENTS,
}) as React.ForwardRefExoticComponent<RealtimeVoiceProps & React.RefAttributes<RealtimeVoiceElement>>;

/** Where there is no document, nothing is ever mounted. */
const isServer = typeof document === 'undefined';

/**
 * `<realtime-voice>` as a component of React. A server renders it with its attributes, and `inert` until the page is
 * hydrated: an earlier press would not find the tools and listeners.
 */
export const RealtimeVoice = React.forwardRef<RealtimeVoiceElement, RealtimeVoiceProps>((props, ref) => {
  if (isServer) return React.createElement('realtime-voice', markupOf(props));
  const { muted, open, ...others } = props;
  const element = React.useRef<RealtimeVoiceElement>(null);
  // The effect of `Mounted` comes first. Later, a page may make the element inert by its ref.
  useChange(props.inert ?? false, (inert) => (element.current!.inert = inert));
  // `Mounted` sets its properties with each render, and would undo what the visitor has chosen since the last change.
  useChange(muted, (value) => (element.current!.muted = value as boolean));
  useChange(open, (value) => (element.current!.open = value as boolean));
  React.useImperativeHandle(ref, () => element.current!, []);
  return React.createElement(Mounted, { ...others, ref: element });
}) as typeof Mounted;
RealtimeVoice.displayName = 'RealtimeVoice';

/** Applies a value when it is first given, and when it changes. React may run an effect again without a change. */
function useChange<Value>(value: Value, apply: (value: Value) => void): void {
  const applied = React.useRef<Value | undefined>(undefined);
  React.useLayoutEffect(() => {
    if (Object.is(applied.current, value)) return;
    applied.current = value;
    apply(value);
  });
}
