import type { VoiceErrorCode } from '../errors.js';

/**
 * What has happened, and what to do about it. Read it by index: strings that a page has registered may have made it an
 * object instead of an array.
 */
export type Advice = Readonly<Record<0 | 1, string>>;

type WarningName =
  'idle' | 'max-duration' | 'playback-blocked' | 'microphone-silent' | 'microphone-interrupted' | 'muted-speech';

/** Everything that the element says, as plain text. A locale is one object of this type; English is the source. */
export interface Strings {
  readonly label: string;
  readonly states: Readonly<
    Record<'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting', string>
  >;
  readonly weakConnection: string;
  readonly yourTurn: string;
  readonly ended: string;
  readonly endReasons: Readonly<Record<'idle' | 'max-duration' | 'page-hidden' | 'remote', string>>;
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
  /** `{name}` is the name of the tool. */
  readonly toolRunning: string;
  readonly accept: string;
  readonly decline: string;
  readonly close: string;
  readonly settings: string;
  /** Label of a choice in the settings, as are the next five. */
  readonly microphone: string;
  readonly speaker: string;
  readonly systemDefault: string;
  readonly volume: string;
  readonly captions: string;
  readonly largeCaptions: string;
  /** The question before the first call on a site that wants the visitor's consent. */
  readonly consent: Advice;
  /** Labels of the buttons that do something about a warning. */
  readonly remedies: Readonly<Record<'idle' | 'playback-blocked', string>>;
  /** `{when}` is for instance “in 15 seconds”, in the language. */
  readonly warnings: Readonly<Record<WarningName, string>>;
  readonly errors: Readonly<Record<VoiceErrorCode, Advice>>;
}
