import type { HTMLAttributes } from 'svelte/elements';
import type { RealtimeVoiceElement } from '../index.js';
import type { RealtimeVoiceElementProps } from './element-props.js';

type Attributes = Omit<HTMLAttributes<RealtimeVoiceElement>, keyof RealtimeVoiceElementProps>;
/** Besides `onvoice-end`, the form that Svelte 4 uses. */
type Directives = {
  [
    Name in keyof RealtimeVoiceElementProps as Name extends `on${infer Event}` ? `on:${Event}` : never
  ]: RealtimeVoiceElementProps[Name];
};

/** Types `<realtime-voice>` in Svelte's templates. */
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'realtime-voice': Attributes & RealtimeVoiceElementProps & Directives;
  }
}
