import type { Secret } from '../transport/token-source.js';
import type { EnvironmentCheck, CheckCode, CheckDetails, CheckName, CheckStatus } from './environment-check.js';
import type { EndpointOptions } from './endpoint-options.js';
import type { OpenResources } from './open-resources.js';
import type { TrialCall } from './trial-call.js';

/** A chime that has been played. */
export interface Chime {
  /** Plays it again. */
  play(): void;
  /** Aborts when the answer is no longer needed: after a minute, or with the checks. */
  readonly signal: AbortSignal;
}

/** What to check, and who is told. Without any, only the browser and the page are checked. */
export interface EnvironmentOptions extends EndpointOptions {
  /** Whether to ask for the microphone and to listen for two seconds; default false. */
  readonly microphone?: boolean;
  /** Aborts the checks. The promise rejects with the reason, and nothing stays open. */
  readonly signal?: AbortSignal;
  /** Is called when a check begins. */
  readonly onBegin?: (name: CheckName) => void;
  /** Is called with each result. */
  readonly onCheck?: (check: EnvironmentCheck) => void;
  /** Is called about 15 times a second while the microphone is on, with its loudness, 0…1, and its name. */
  readonly onLevel?: (level: number, deviceName: string) => void;
  /** Asks the visitor whether the chime was heard. Without it, no chime is played. */
  readonly confirmSound?: (chime: Chime) => Promise<boolean>;
}

/** What the checks of one run share. An earlier check leaves here what a later one needs. */
export interface CheckRun {
  readonly options: EnvironmentOptions;
  readonly resources: OpenResources;
  /** Made in the visitor's press; undefined if the browser has none. */
  readonly context: AudioContext | undefined;
  microphone?: MediaStreamTrack;
  secret?: Secret | undefined;
  call?: TrialCall;
}

/** What a check has found. */
export interface Finding {
  readonly status: CheckStatus;
  readonly code: CheckCode;
  readonly details?: CheckDetails;
}

/** One check. An error that it throws fails it; the signal aborts with its time limit. */
export type Check = (run: CheckRun, signal: AbortSignal) => Finding | Promise<Finding>;
