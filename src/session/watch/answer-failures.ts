import type { ResponseEnded, Signal } from '../../protocol/signals.js';
import type { VoiceWarningCode } from '../events.js';

/** What watching needs of the call. */
export interface AnswerFailureHost {
  /** Whether the service responds to the visitor. */
  readonly answers: boolean;
  readonly tools: { readonly willContinue: boolean };
  readonly turns: { readonly count: number; requestResponseAfterTurn(): void };
  readonly warnings: ReadonlySet<VoiceWarningCode>;
  warn(code: VoiceWarningCode, message: string): void;
  retract(code: VoiceWarningCode): void;
}

/**
 * Asks once more, once per turn, when the service has failed to answer. Otherwise a failed answer, one without words,
 * and an error that the service reports become a warning. It holds until the next answer begins.
 */
export class AnswerFailures {
  readonly #host: AnswerFailureHost;
  /** The number of the turn in which an answer was last asked for again. */
  #askedAgainIn = -1;
  /** The number of the turn in which the visitor was last warned. */
  #warnedIn = -1;
  #hasWords = false;

  constructor(host: AnswerFailureHost) {
    this.#host = host;
  }

  /** Call this before the signal changes the state: an answer that is asked for again is awaited without a gap. */
  receive(signal: Signal): void {
    if (signal.type === 'response-started') this.#hasWords = false;
    const isText = signal.type === 'text-added' || signal.type === 'text-settled';
    if (signal.type === 'playback-started' || (isText && signal.role === 'assistant')) {
      this.#hasWords = true;
      this.#host.retract('answer-failed');
    }
    if (signal.type === 'response-ended') this.#ended(signal);
    if (signal.type !== 'fault' || signal.severity !== 'passing' || signal.rejectedEventId) return;
    // One in a turn: the service may repeat itself.
    if (this.#warnedIn !== this.#host.turns.count) this.#warn(signal.message);
  }

  /** The visitor asks for the answer again. */
  restart(): void {
    this.#warnedIn = -1;
    this.#host.retract('answer-failed');
  }

  #ended({ outcome, fault }: ResponseEnded): void {
    const { turns, tools, warnings } = this.#host;
    const isFailed = outcome === 'failed' || (outcome === 'incomplete' && !this.#hasWords);
    // A fatal fault ends the call, and the results of tools are answered anyway.
    if (!isFailed || fault?.severity === 'fatal' || tools.willContinue) return;
    if (fault?.isServerFailure && this.#askedAgainIn !== turns.count) {
      this.#askedAgainIn = turns.count;
      turns.requestResponseAfterTurn();
    } else if (this.#warnedIn !== turns.count || !warnings.has('answer-failed')) this.#warn(fault?.message ?? outcome);
  }

  #warn(message: string): void {
    this.#warnedIn = this.#host.turns.count;
    if (this.#host.answers) this.#host.warn('answer-failed', message);
  }
}
