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
  readonly levelUser: string;
  readonly levelAssistant: string;
  readonly conversation: string;
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
  readonly copyText: string;
  readonly copyJson: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly consent: string;
  readonly consentAccept: string;
  readonly consentDecline: string;
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
  yourTurn: 'Your turn',
  youAreMuted: 'You are muted',
  ended: 'Call ended',
  endReasons: {
    idle: 'It ended because nobody was speaking.',
    'max-duration': 'It reached its time limit.',
    'page-hidden': 'It ended when you left the page.',
    remote: 'The assistant ended it.',
  },
  disclosure: 'You will be speaking with an AI assistant. Your microphone is used only while a call is running.',
  askingMicrophone: {
    sentence: 'Allow the microphone',
    fix: 'Your browser is asking, near the top of the window. Choose “Allow” to be heard.',
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
  levelUser: 'You are speaking',
  levelAssistant: 'The assistant is speaking',
  conversation: 'Conversation',
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
  copyText: 'Copy transcript',
  copyJson: 'Copy as JSON',
  copied: 'Copied',
  copyFailed: 'Copying was not allowed',
  consent: 'Your voice is sent to an AI service and turned into text while the call is running.',
  consentAccept: 'Agree and start',
  consentDecline: 'Not now',
  warnings: {
    idle: (seconds) => `Are you still there? The call ends ${inSeconds(seconds)}.`,
    'max-duration': (seconds) => `The call reaches its time limit ${inSeconds(seconds)}.`,
    'playback-blocked': () => 'Your browser is holding back the sound.',
    'microphone-silent': () => 'No sound comes from your microphone. Check that it is switched on and not covered.',
    'microphone-interrupted': () => 'Your device paused the microphone. It comes back when the other call or app ends.',
    'muted-speech': () => 'You are speaking, but your microphone is muted.',
  },
  errors: {
    unsupported: {
      sentence: 'This browser cannot make voice calls',
      fix: 'Open this page in a recent version of Chrome, Edge, Firefox or Safari.',
    },
    'insecure-context': {
      sentence: 'This page is not secure',
      fix: 'Open the page through an address that begins with https.',
    },
    configuration: {
      sentence: 'Voice is not set up on this page',
      fix: 'Please tell the owner of this site.',
    },
    'microphone-denied': {
      sentence: 'Microphone is blocked',
      fix: 'Click the icon beside the address, allow the microphone for this site, then try again.',
    },
    'microphone-dismissed': {
      sentence: 'The microphone was not allowed',
      fix: 'Try again and choose “Allow” when your browser asks.',
    },
    'microphone-missing': {
      sentence: 'No microphone was found',
      fix: 'Connect a microphone or a headset, then try again.',
    },
    'microphone-busy': {
      sentence: 'The microphone is in use',
      fix: 'Close other calls or apps that use the microphone, then try again.',
    },
    'microphone-blocked': {
      sentence: 'This page may not use the microphone',
      fix: 'Open the page in its own tab. Its owner can allow the microphone for this frame.',
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
      fix: 'Check your internet connection, or try another network. A firewall or VPN may block calls.',
    },
    'connection-lost': {
      sentence: 'The connection was lost',
      fix: 'Check your internet connection, then try again.',
    },
    'session-expired': {
      sentence: 'The call reached its longest time',
      fix: 'Try again to begin a new call.',
    },
    'quota-exceeded': {
      sentence: 'No more calls are possible for now',
      fix: 'Please come back later, or tell the owner of this site.',
    },
    'server-error': {
      sentence: 'The voice service has a problem',
      fix: 'Wait a moment, then try again.',
    },
  },
} as const satisfies Strings;
