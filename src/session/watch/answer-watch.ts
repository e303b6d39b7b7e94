import { repeatUntilAborted } from '../deadline.js';
import type { VoiceWarningCode } from '../events.js';
import type { CallRecord } from '../record/call-record.js';
import { voiceState } from '../record/session-state.js';

// All times are in milliseconds.
const CHECK_INTERVAL = 1_000;
/** An answer that has not begun after this time is reported. */
const LATE_AFTER = 20_000;

/** What watching needs of the call. */
export interface AnswerWatchHost {
  readonly signal: AbortSignal;
  readonly record: Pick<CallRecord, 'state' | 'transcript'>;
  readonly tools: { readonly running: readonly string[] };
  warn(code: VoiceWarningCode, message: string): void;
  retract(code: VoiceWarningCode): void;
}

/** Reports an answer that does not begin. No event of the service may ever say so. */
export class AnswerWatch {
  readonly #host: AnswerWatchHost;
  /** As `performance.now()` tells it; undefined while no answer is awaited, Infinity once the delay was reported. */
  #waitingSince: number | undefined;

  constructor(host: AnswerWatchHost) {
    this.#host = host;
    repeatUntilAborted(host.signal, CHECK_INTERVAL, () => this.check());
  }

  check(): void {
    if (!this.#isWaiting) return this.restart();
    this.#waitingSince ??= performance.now();
    if (performance.now() - this.#waitingSince < LATE_AFTER) return;
    this.#waitingSince = Infinity;
    this.#host.warn('no-answer', 'The service has not begun to answer within 20 seconds.');
  }

  /** Counts from 0 again: the answer has begun, or the visitor has asked for it once more. */
  restart(): void {
    this.#waitingSince = undefined;
    this.#host.retract('no-answer');
  }

  /** A tool takes time that is not the service's delay. */
  get #isWaiting(): boolean {
    const { record, tools } = this.#host;
    const { role, status } = record.transcript.at(-1) ?? {};
    const hasBegun = role === 'assistant' && status === 'partial';
    return voiceState(record.state) === 'thinking' && tools.running.length === 0 && !hasBegun;
  }
}
