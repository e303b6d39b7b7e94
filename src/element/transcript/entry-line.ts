import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { shortened } from '../shortened.js';
import { answerWriter } from './answer-writer.js';

/** Who spoke, in words. */
export function speaker({ role }: TranscriptEntry, { you, assistant }: Strings): string {
  return role === 'user' ? you : assistant;
}

/** What is unusual about an entry, in words: never by colour or a dash alone. */
export function remark({ status, source }: TranscriptEntry, strings: Strings): string {
  if (status === 'interrupted') return strings.cutOff;
  if (status !== 'failed') return '';
  return source === 'speech' ? strings.notTranscribed : strings.notSent;
}

/** Whether words still arrive, or the entry is the answer that is being spoken and may still be cut off. */
function isOpen({ id, status }: TranscriptEntry, spokenNow: string | undefined): boolean {
  return status === 'partial' || id === spokenNow;
}

/**
 * Identifies the line of an entry. While the entry is open the line is hidden from assistive technology; then a new
 * line takes its place, so that a live region announces each utterance once, and whole.
 */
export function lineKey(entry: TranscriptEntry, spokenNow: string | undefined): string {
  return `${entry.id} ${isOpen(entry, spokenNow) ? 'open' : 'complete'}`;
}

/** Who spoke, and the words, to be copied: copies share their attributes, which saves a fourth of a line's memory. */
let blank: DocumentFragment | undefined;

/** Makes the line of an entry, without words: who spoke, and the words. Few entries have a remark, which comes last. */
export function createLine(entry: TranscriptEntry, spokenNow: string | undefined): HTMLElement {
  const line = document.createElement('div');
  line.setAttribute('part', `entry entry-${entry.role}`);
  if (isOpen(entry, spokenNow)) line.ariaHidden = 'true';
  line.append((blank ??= createBlank()).cloneNode(true));
  return line;
}

function createBlank(): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const words = createSpan('words');
  words.dir = 'auto';
  fragment.append(createSpan('who'), words);
  return fragment;
}

function createSpan(className: string): HTMLElement {
  const span = document.createElement('span');
  span.className = className;
  span.append('');
  return span;
}

/** Writes an entry into its line, never as HTML. What is the same as before is not written again. */
export function writeLine(line: HTMLElement, entry: TranscriptEntry, strings: Strings): void {
  const { role, status, text } = entry;
  const className = `entry ${role} ${status}`;
  if (line.className !== className) line.className = className;
  const who = line.firstElementChild!;
  const words = who.nextElementSibling!;
  write(who, speaker(entry, strings));
  const shown = shortened(text) || (status === 'partial' ? '…' : '');
  const writeAnswer = role === 'assistant' ? answerWriter() : undefined;
  if (writeAnswer) writeAnswer(words, shown, line.ariaHidden === 'true');
  else write(words, shown);
  writeRemark(words, remark(entry, strings));
}

function writeRemark(words: Element, remarked: string): void {
  const next = words.nextElementSibling;
  let span = next?.className === 'remark' ? next : undefined;
  if (!remarked) return span?.remove();
  if (!span) words.after((span = createSpan('remark')));
  write(span, remarked);
}

function write(span: Element, text: string): void {
  const node = span.firstChild as Text;
  if (node.data !== text) node.data = text;
}
