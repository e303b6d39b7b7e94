import type { Signal } from '../../protocol/signals.js';
import { repeatUntilAborted } from '../deadline.js';
import type { VoiceWarningCode } from '../events.js';

// All times are in milliseconds.
const CHECK_INTERVAL = 1_000;
/** An answer that has not begun after this time is reported. */
const LATE_AFTER = 20_000;

/** What watching needs of the call. */
export interface AnswerHost {
  readonly signal: AbortSignal;
  readonly record: {
    readonly state: { readonly phase: string };
    readonly turn:
      | {
          readonly userSpeaking: boolean;
          readonly audible: string | undefined;
          readonly generating: string | undefined;
          readonly awaited: boolean;
        }
      | undefined;
  };
  readonly tools: { readonly running: readonly string[] };
  warn(code: VoiceWarningCode, message: string): void;
}

/** Reports an answer that does not begin: the visitor waits for words, and nothing says that they will come. */
export class AnswerWatch {
  readonly #host: AnswerHost;
  /** As `performance.now()` has it; undefined while nothing is waited for, and Infinity when it was reported. */
  #waitingSince: number | undefined;
  /** The response that has begun: it was heard, read, or calls a tool. */
  #begun: string | undefined;

  constructor(host: AnswerHost) {
    this.#host = host;
    repeatUntilAborted(host.signal, CHECK_INTERVAL, () => this.#check());
  }

  /** Whether an answer is late that the visitor still waits for. */
  get isLate(): boolean {
    return this.#waitingSince === Infinity && this.#isWaiting;
  }

  receive(signal: Signal): void {
    if (signal.type === 'playback-started' || signal.type === 'response-ended') this.#begin(signal.responseId);
    else if (signal.type === 'tool-called') this.#begin(this.#host.record.turn?.generating);
    else if (signal.type === 'text-added' || signal.type === 'text-settled') {
      if (signal.role === 'assistant') this.#begin(signal.responseId);
    }
  }

  /** An answer was asked for once more: the visitor waits anew. */
  restart(): void {
    this.#waitingSince = undefined;
  }

  #begin(responseId: string | undefined): void {
    this.#begun = responseId;
    this.#waitingSince = undefined;
  }

  get #isWaiting(): boolean {
    const { record, tools } = this.#host;
    const { turn } = record;
    if (!turn || record.state.phase !== 'live' || turn.userSpeaking || turn.audible !== undefined) return false;
    // What a tool takes, or the visitor who is asked whether it may run, is not the service's delay.
    if (tools.running.length > 0) return false;
    return turn.awaited || (turn.generating !== undefined && turn.generating !== this.#begun);
  }

  #check(): void {
    if (!this.#isWaiting) return this.restart();
    this.#waitingSince ??= performance.now();
    if (performance.now() - this.#waitingSince < LATE_AFTER) return;
    this.#waitingSince = Infinity;
    this.#host.warn('no-answer', 'The service has not begun to answer for 20 seconds.');
  }
}
