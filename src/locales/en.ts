import type { VoiceErrorCode } from '../errors.js';

/** What a failure says to a visitor: what happened, and what to do about it. */
export interface FailureWords {
  readonly sentence: string;
  readonly fix: string;
}

type WarningName =
  | 'idle'
  | 'max-duration'
  | 'playback-blocked'
  | 'microphone-silent'
  | 'microphone-interrupted'
  | 'muted-speech';

/** Everything the element says. A locale is one object of this type; English is the source. */
export interface Strings {
  readonly label: string;
  readonly states: Readonly<Record<'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting', string>>;
  readonly weakConnection: string;
  readonly yourTurn: string;
  readonly youAreMuted: string;
  readonly ended: string;
  readonly endReasons: Readonly<Record<'idle' | 'max-duration' | 'page-hidden' | 'remote', string>>;
  readonly disclosure: string;
  readonly askingMicrophone: FailureWords;
  readonly start: string;
  readonly startAgain: string;
  readonly tryAgain: string;
  readonly continueByTyping: string;
  readonly end: string;
  readonly cancel: string;
  readonly mute: string;
  readonly unmute: string;
  readonly turnOnMicrophone: string;
  readonly microphoneOn: string;
  readonly microphoneMuted: string;
  readonly interrupt: string;
  readonly holdToTalk: string;
  readonly releaseToSend: string;
  readonly tapToSend: string;
  readonly level: string;
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
  readonly toolRunning: (name: string) => string;
  readonly accept: string;
  readonly decline: string;
  readonly stillHere: string;
  readonly tapToHear: string;
  readonly warnings: Readonly<Record<WarningName, (secondsLeft: number) => string>>;
  readonly errors: Readonly<Record<VoiceErrorCode, FailureWords>>;
}

const inSeconds = (seconds: number): string => (seconds === 1 ? 'in 1 second' : `in ${seconds} seconds`);

export const en = {
  label: 'Voice assistant',
  states: {
    idle: 'Ready to talk',
    connecting: 'Connecting…',
    listening: 'Listening',
    thinking: 'Thinking…',
    speaking: 'Speaking',
    reconnecting: 'Reconnecting…',
  },
  weakConnection: 'The connection is weak',
  yourTurn: 'Your turn',
  youAreMuted: 'You are muted',
  ended: 'Call ended',
  endReasons: {
    idle: 'It ended because nobody was speaking.',
    'max-duration': 'It reached its time limit.',
    'page-hidden': 'It ended when you left the page.',
    remote: 'The assistant ended it.',
  },
  disclosure: 'You will speak with an AI assistant. Your microphone is used only during a call.',
  askingMicrophone: {
    sentence: 'Allow the microphone',
    fix: 'Your browser is asking. Choose “Allow” to be heard.',
  },
  start: 'Start talking',
  startAgain: 'Start again',
  tryAgain: 'Try again',
  continueByTyping: 'Continue by typing',
  end: 'End',
  cancel: 'Cancel',
  mute: 'Mute',
  unmute: 'Unmute',
  turnOnMicrophone: 'Turn on microphone',
  microphoneOn: 'Microphone on',
  microphoneMuted: 'Microphone muted',
  interrupt: 'Interrupt',
  holdToTalk: 'Hold to talk',
  releaseToSend: 'Release to send',
  tapToSend: 'Tap again to send',
  level: 'Sound level',
  levelQuiet: 'Quiet',
  conversation: 'Conversation',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Not copied',
  download: 'Download',
  you: 'You',
  assistant: 'Assistant',
  cutOff: 'cut off',
  notTranscribed: 'could not be written down',
  notSent: 'not sent',
  message: 'Message',
  typeInstead: 'Type instead…',
  send: 'Send',
  toolRunning: (name) => `Working on it: ${name}`,
  accept: 'Accept',
  decline: 'Decline',
  stillHere: 'I’m still here',
  tapToHear: 'Tap to hear',
  warnings: {
    idle: (seconds) => `Are you still there? The call ends ${inSeconds(seconds)}.`,
    'max-duration': (seconds) => `The call reaches its time limit ${inSeconds(seconds)}.`,
    'playback-blocked': () => 'Your browser is holding back the sound.',
    'microphone-silent': () => 'No sound comes from your microphone. Check that it is switched on.',
    'microphone-interrupted': () => 'Another call or app has paused your microphone.',
    'muted-speech': () => 'You are speaking while muted.',
  },
  errors: {
    unsupported: {
      sentence: 'This browser cannot make voice calls',
      fix: 'Open this page in a recent browser, such as Chrome, Firefox or Safari.',
    },
    'insecure-context': {
      sentence: 'This page is not secure',
      fix: 'Open it through an address with https.',
    },
    configuration: {
      sentence: 'Voice is not set up on this page',
      fix: 'Tell the owner of this site.',
    },
    'microphone-denied': {
      sentence: 'Microphone is blocked',
      fix: 'Click the icon beside the address, allow the microphone, then try again.',
    },
    'microphone-dismissed': {
      sentence: 'The microphone was not allowed',
      fix: 'Try again and choose “Allow” when your browser asks.',
    },
    'microphone-missing': {
      sentence: 'No microphone was found',
      fix: 'Connect a microphone, then try again.',
    },
    'microphone-busy': {
      sentence: 'The microphone is in use',
      fix: 'Close other calls or apps, then try again.',
    },
    'microphone-blocked': {
      sentence: 'This page may not use the microphone',
      fix: 'Open this page in its own tab.',
    },
    'microphone-lost': {
      sentence: 'The microphone was disconnected',
      fix: 'Connect it again, then try again.',
    },
    'token-failed': {
      sentence: 'The call could not be prepared',
      fix: 'Wait a moment, then try again.',
    },
    'token-unauthorized': {
      sentence: 'You may not make this call',
      fix: 'Sign in to this site, then try again.',
    },
    'rate-limited': {
      sentence: 'Too many calls at the moment',
      fix: 'Wait a minute, then try again.',
    },
    'signaling-failed': {
      sentence: 'The call was not answered',
      fix: 'Wait a moment, then try again.',
    },
    'connection-failed': {
      sentence: 'No connection could be made',
      fix: 'Check your internet connection. A firewall or VPN may block calls: try another network.',
    },
    'connection-lost': {
      sentence: 'The connection was lost',
      fix: 'Check your internet connection, then try again.',
    },
    'session-expired': {
      sentence: 'The call reached its time limit',
      fix: 'Try again for a new call.',
    },
    'quota-exceeded': {
      sentence: 'No more calls are possible for now',
      fix: 'Come back later, or tell the owner of this site.',
    },
    'server-error': {
      sentence: 'The voice service has a problem',
      fix: 'Wait a moment, then try again.',
    },
  },
} as const satisfies Strings;
