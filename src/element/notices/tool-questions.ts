import type { ReactiveControllerHost } from 'lit';
import type { ToolConfirmation } from '../../session/index.js';
import { shortened } from '../shortened.js';
import type { Question } from './question.js';

/** Questions whether a tool may run. They wait for the visitor one after another. */
export class ToolQuestions {
  readonly #host: ReactiveControllerHost;
  readonly #pending = new Set<Question>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The question to show now. */
  get first(): Question | undefined {
    const [first] = this.#pending;
    return first;
  }

  /** Resolves to whether the visitor accepts; to false when the signal aborts first. */
  readonly ask = ({ question, arguments: args, signal }: Omit<ToolConfirmation, 'name'>): Promise<boolean> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const pending: Question = {
        words: shortened(question),
        args,
        answer: (accepted) => {
          this.#pending.delete(pending);
          this.#host.requestUpdate();
          resolve(accepted);
        },
      };
      signal.addEventListener('abort', () => pending.answer(false));
      this.#pending.add(pending);
      this.#host.requestUpdate();
    });

  declineAll(): void {
    for (const { answer } of this.#pending) answer(false);
  }
}
