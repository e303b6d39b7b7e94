import type { ComponentChildren, HTMLAttributes } from 'preact';
import type { RealtimeVoiceElement } from '../index.js';
import type { RealtimeVoiceElementProps } from './element-props.js';

/** Types `<realtime-voice>` in the JSX of Preact. */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'realtime-voice': HTMLAttributes<RealtimeVoiceElement> &
        RealtimeVoiceElementProps & { children?: ComponentChildren };
    }
  }
}
