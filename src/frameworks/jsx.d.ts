import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { RealtimeVoiceElement } from '../index.js';
import type { CustomCssProperties, RealtimeVoiceElementProps } from './element-props.js';

type Props = HTMLAttributes<RealtimeVoiceElement> & RealtimeVoiceElementProps;

/** Types `<realtime-voice>` in the JSX of React 19. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'realtime-voice': DetailedHTMLProps<Props, RealtimeVoiceElement>;
    }
  }
  interface CSSProperties extends CustomCssProperties {}
}
