import type { VoiceErrorCode } from '../errors.js';

/** What a failure or a question says to a visitor: what it is, and what to do about it. Read by index: words laid over others are no array. */
export type Advice = Readonly<Record<0 | 1, string>>;

type WarningName =
  | 'idle'
  | 'max-duration'
  | 'no-answer'
  | 'playback-blocked'
  | 'microphone-silent'
  | 'microphone-interrupted'
  | 'muted-speech';

/** Everything the element says. A locale is one object of this type; English is the source. No HTML: all of it is text. */
export interface Strings {
  readonly label: string;
  readonly states: Readonly<
    Record<'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting', string>
  >;
  readonly weakConnection: string;
  readonly yourTurn: string;
  readonly ended: string;
  readonly endReasons: Readonly<Record<'idle' | 'max-duration' | 'page-hidden' | 'remote' | 'elsewhere', string>>;
  readonly disclosure: string;
  readonly askingMicrophone: Advice;
  readonly start: string;
  readonly startAgain: string;
  readonly tryAgain: string;
  readonly end: string;
  readonly cancel: string;
  readonly mute: string;
  readonly turnOnMicrophone: string;
  readonly microphoneOn: string;
  readonly microphoneMuted: string;
  readonly interrupt: string;
  readonly holdToTalk: string;
  readonly releaseToSend: string;
  readonly tapToSend: string;
  readonly levelQuiet: string;
  readonly conversation: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly download: string;
  readonly you: string;
  readonly assistant: string;
  readonly cutOff: string;
  readonly notTranscribed: string;
  readonly notSent: string;
  readonly message: string;
  readonly typeInstead: string;
  readonly send: string;
  /** `{name}` is the tool's. */
  readonly toolRunning: string;
  readonly accept: string;
  readonly decline: string;
  readonly close: string;
  readonly settings: string;
  /** The names of the choices in the settings. */
  readonly microphone: string;
  readonly speaker: string;
  readonly systemDefault: string;
  readonly volume: string;
  readonly captions: string;
  readonly largeCaptions: string;
  /** Asked before the first call, where the site wants the visitor's consent. */
  readonly consent: Advice;
  /** On the buttons that do something about a warning. */
  readonly remedies: Readonly<Record<'idle' | 'no-answer' | 'playback-blocked', string>>;
  /** `{when}` is such as “in 15 seconds”, in the language. */
  readonly warnings: Readonly<Record<WarningName, string>>;
  readonly errors: Readonly<Record<VoiceErrorCode, Advice>>;
}
