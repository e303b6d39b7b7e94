import { registry } from '../../locales/registry.js';

/** Writes the words of an answer into their place. `open` is true while words still arrive or are being spoken. */
export type AnswerWriter = (words: Element, text: string, open: boolean) => void;

/** One per page, found by a symbol as the languages are: it may be in a file of its own, loaded at any time. */
const KEY = Symbol.for('realtime-voice answers');
const page = globalThis as { [KEY]?: AnswerWriter };

/** Undefined while answers are plain text. */
export const answerWriter = (): AnswerWriter | undefined => page[KEY];

/** Elements that are on the page already write their answers again. */
export function registerAnswerWriter(writer: AnswerWriter): void {
  page[KEY] = writer;
  registry.listeners?.forEach((listener) => listener());
}
