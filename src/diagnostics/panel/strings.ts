import type { CheckCode, CheckName, CheckStatus } from '../environment-check.js';

/** The texts of the panel. Each is plain text. */
export interface DiagnosticsStrings {
  /** The heading. */
  readonly heading: string;
  /** What happens at a press. */
  readonly intro: string;
  /** The button that starts the checks. */
  readonly start: string;
  /** The button that stops them. */
  readonly stop: string;
  /** The button that starts them once more. */
  readonly again: string;
  /** The button that copies the report. */
  readonly copy: string;
  /** What is said when the report is copied. */
  readonly copied: string;
  /** What is said when the browser does not let the page copy. */
  readonly copyFailed: string;
  /** The summary of the disclosure with the report, and its name. */
  readonly report: string;
  /** What is said while a check runs; `{check}` stands for its name. */
  readonly running: string;
  /** What is said after a stop. */
  readonly stopped: string;
  /** The result if everything has passed. */
  readonly allPassed: string;
  /** The result if a check has failed; `{check}` stands for the first one. */
  readonly someFailed: string;
  /** The result if a check has warned and none has failed; `{check}` stands for the first one. */
  readonly someWarned: string;
  /** The result if the checks themselves broke off. */
  readonly brokeOff: string;
  /** The request to speak during the microphone's check. */
  readonly speak: string;
  /** The name of the level meter. */
  readonly level: string;
  /** The question after the chime. */
  readonly heard: string;
  /** The answer that the chime was heard. */
  readonly yes: string;
  /** The answer that it was not. */
  readonly no: string;
  /** The button that plays it again. */
  readonly playAgain: string;
  /** The names of the checks. */
  readonly checks: Readonly<Record<CheckName, string>>;
  /** The words for the results. */
  readonly statuses: Readonly<Record<CheckStatus | 'waiting' | 'running', string>>;
  /** Sentences for results instead of the English ones, by name and code, such as `microphone:microphone-busy`. */
  readonly messages: Readonly<Partial<Record<`${CheckName}:${CheckCode}`, string>>>;
}

/** Texts that replace some of the English ones. */
export type DiagnosticsStringsPatch = {
  readonly [Key in keyof DiagnosticsStrings]?: DiagnosticsStrings[Key] extends string
    ? string
    : Partial<DiagnosticsStrings[Key]>;
};

const ENGLISH: DiagnosticsStrings = {
  heading: 'Check your voice connection',
  intro:
    'This asks for your microphone, listens for two seconds, and makes a call of a second or two. Nothing is ' +
    'recorded or stored.',
  start: 'Start the checks',
  stop: 'Stop',
  again: 'Run again',
  copy: 'Copy report',
  copied: 'The report is copied.',
  copyFailed: 'The browser did not let the page copy. Select the text below and copy it.',
  report: 'What the report says',
  running: 'Checking: {check}',
  stopped: 'Stopped.',
  allPassed: 'Everything works.',
  someFailed: 'Something is in the way: {check}.',
  someWarned: 'Calls should work. Look at this: {check}.',
  brokeOff: 'The checks broke off. Load the page again.',
  speak: 'Say something',
  level: 'Loudness of the microphone',
  heard: 'Did you hear the chime?',
  yes: 'Yes',
  no: 'No',
  playAgain: 'Play again',
  checks: {
    browser: 'Browser',
    'secure-context': 'Secure page',
    policy: 'Policy of the page',
    permission: 'Microphone permission',
    microphone: 'Microphone',
    token: 'Access to the service',
    calls: 'Voice service',
    connection: 'Connection',
    'audio-output': 'Sound',
  },
  statuses: {
    passed: 'Passed',
    warning: 'Warning',
    failed: 'Failed',
    skipped: 'Skipped',
    waiting: 'Waiting',
    running: 'Running',
  },
  messages: {},
};

/** The English texts, with those of the page in their place. */
export function mergeStrings(patch: DiagnosticsStringsPatch = {}): DiagnosticsStrings {
  return {
    ...ENGLISH,
    ...patch,
    checks: { ...ENGLISH.checks, ...patch.checks },
    statuses: { ...ENGLISH.statuses, ...patch.statuses },
    messages: { ...patch.messages },
  };
}
