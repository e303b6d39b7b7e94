import type { ReactiveControllerHost } from 'lit';
import type { ToolConfirmation } from '../../session/index.js';
import { sentences } from '../announcements/sentences.js';
import { shortened } from '../shortened.js';
import type { Notice } from './notice.js';
import { argumentRows, type Question, renderQuestion } from './question.js';

/** Questions whether a tool may run. They wait for the visitor one after another. */
export class ToolQuestions {
  readonly #host: ReactiveControllerHost;
  readonly #pending = new Map<Question, Notice>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The question to show now. */
  get notice(): Notice | undefined {
    const [first] = this.#pending.values();
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
      this.#pending.set(pending, noticeOf(pending, shortened(question)));
      this.#host.requestUpdate();
    });

  declineAll(): void {
    for (const { answer } of this.#pending.keys()) answer(false);
  }
}

/** The values of the arguments are read with the question: they may be what matters. */
function noticeOf(question: Question, words: string): Notice {
  const rows = (): string[] => argumentRows(question.args).map((row) => row.filter(Boolean).join(': '));
  return {
    key: question,
    isQuestion: true,
    words: () => sentences(words, ...rows()),
    render: ({ strings }) => renderQuestion(question, strings),
  };
}
