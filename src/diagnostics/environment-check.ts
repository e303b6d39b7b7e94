import type { CHECK_MESSAGES } from './check-messages.js';

/** What is checked, in this order. */
export type CheckName = keyof typeof CHECK_MESSAGES;

/**
 * `warning`: a call works, but not well, or it is not known whether it works. `skipped`: nothing was checked, because
 * an earlier check failed, or because the options do not ask for it.
 */
export type CheckStatus = 'passed' | 'warning' | 'failed' | 'skipped';

/** What exactly was found, for programs. Many are those of `VoiceError`. */
export type CheckCode = { [Name in CheckName]: keyof (typeof CHECK_MESSAGES)[Name] }[CheckName] | CommonCode;

/** `depends`: a check that this one needs has failed. `unexpected`: the check itself failed. */
export type CommonCode = 'depends' | 'unexpected';

/** Plain values. They hold no secret, SDP, IP address, device id or device name. */
export type CheckDetails = Readonly<Record<string, string | number | boolean>>;

/** The result of one check. */
export interface EnvironmentCheck {
  /** What was checked. */
  readonly name: CheckName;
  /** How it went. */
  readonly status: CheckStatus;
  /** What exactly was found. */
  readonly code: CheckCode;
  /** The finding in one or two English sentences, with what to do about it. */
  readonly message: string;
  /** Measurements and reasons; empty if there are none. */
  readonly details: CheckDetails;
}

/** The results of all checks. */
export interface EnvironmentReport {
  /** `failed` if a check has failed, else `warning` if one has warned, else `passed`. */
  readonly status: Exclude<CheckStatus, 'skipped'>;
  /** The check whose message says what to do first; undefined if all is well. */
  readonly first: EnvironmentCheck | undefined;
  /** The version of the package that made the checks. */
  readonly version: string;
  /** When the checks ended: a date and time as in ISO 8601, in UTC. */
  readonly date: string;
  /** Every check once, in order. */
  readonly checks: readonly EnvironmentCheck[];
}
