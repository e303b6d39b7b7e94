import { toJson } from '../../json-text.js';
import type { Strings } from '../../locales/strings.js';
import type { TranscriptEntry } from '../../session/index.js';
import { remark, speaker } from './entry-line.js';

export type TranscriptFormat = 'text' | 'json';

/** By then the browser has begun to read a file that is downloaded; in ms. */
const READ_MS = 2000;

/** Everything that some program takes for the end of a line, with the white space around it. */
const LINE_BREAKS = /\s*[\n\v\f\r\u0085\u2028\u2029]\s*/;

export interface ExportOptions {
  readonly format: TranscriptFormat;
  readonly strings: Strings;
  /** Whether each paragraph begins with who spoke. */
  readonly withSpeakers: boolean;
}

/** The conversation as plain text with a paragraph for each entry, or as JSON with every field. */
export function exportTranscript(entries: readonly TranscriptEntry[], options: ExportOptions): string {
  const { format, strings, withSpeakers } = options;
  if (format === 'json') return toJson(entries, 2);
  const paragraphs = entries.map((entry) => {
    const words = withSpeakers ? `${speaker(entry, strings)}: ${indented(entry.text)}` : entry.text;
    return [words, remark(entry, strings)].filter(Boolean).join(' — ');
  });
  return paragraphs.join('\n\n');
}

/**
 * Indents every line but the first, and drops empty lines, so that words with line breaks in them cannot pass for what
 * somebody else said.
 */
function indented(text: string): string {
  return text.split(LINE_BREAKS).join('\n    ');
}

/** Downloads a text as the file `transcript.txt` or `transcript.json`. */
export function download(content: string, format: TranscriptFormat): void {
  const json = format === 'json';
  const link = document.createElement('a');
  // A content security policy governs what a page loads; a download loads nothing into it.
  // eslint-disable-next-line no-restricted-syntax
  link.href = URL.createObjectURL(new Blob([content], { type: json ? 'application/json' : 'text/plain' }));
  link.download = json ? 'transcript.json' : 'transcript.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}
