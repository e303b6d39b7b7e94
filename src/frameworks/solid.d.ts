import type { JSX as Solid } from 'solid-js';
import type { RealtimeVoiceElement } from '../index.js';
import type { RealtimeVoiceElementProps, RealtimeVoiceElementSolidJsProps } from './element-props.js';

type Props = RealtimeVoiceElementProps & RealtimeVoiceElementSolidJsProps;

/** Types `<realtime-voice>` in the JSX of Solid. */
declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'realtime-voice': Omit<Solid.HTMLAttributes<RealtimeVoiceElement>, keyof Props> & Props;
    }
  }
}
