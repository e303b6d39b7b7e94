import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { RealtimeVoiceElement } from '../index.js';
import type { RealtimeVoiceElementProps } from './element-props.js';

type Listeners = {
  [Name in keyof RealtimeVoiceElementProps as Name extends `on${infer Event}` ? Event : never]-?: NonNullable<
    RealtimeVoiceElementProps[Name]
  >;
};
type Attributes = Omit<RealtimeVoiceElementProps, `on${string}`>;

/** Vue reads the props of a template's tag from `$props`, and its events from `$emit`. */
interface RealtimeVoiceTag {
  new (): RealtimeVoiceElement & {
    $props: Omit<HTMLAttributes, keyof Attributes> & Attributes & PublicProps;
    $emit: EmitFn<Listeners>;
  };
}

/** Types `<realtime-voice>` in Vue's templates. */
declare module 'vue' {
  interface GlobalComponents {
    'realtime-voice': RealtimeVoiceTag;
  }
  /** Content for a slot of the element: `<p slot="consent">`. */
  interface HTMLAttributes {
    slot?: string;
  }
}
