import type { ReactiveControllerHost } from 'lit';
import type { ToolConfirmation } from '../../session/index.js';
import { shortened } from '../shortened.js';

/** A question about a tool that the visitor has not answered yet. */
export interface PendingQuestion {
  readonly words: string;
  readonly answer: (accepted: boolean) => void;
}

/** Questions whether a tool may run. They wait for the visitor one after another. */
export class ToolQuestions {
  readonly #host: ReactiveControllerHost;
  readonly #pending = new Set<PendingQuestion>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The question to show now. */
  get first(): PendingQuestion | undefined {
    const [first] = this.#pending;
    return first;
  }

  /** Resolves to whether the visitor accepts; to false when the signal aborts first. */
  readonly ask = ({ question, signal }: Pick<ToolConfirmation, 'question' | 'signal'>): Promise<boolean> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const pending: PendingQuestion = {
        words: shortened(question),
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
