import type { TranscriptEntry } from '../transcript-entry.js';
import { BEGUN_WORD } from './begun-word.js';

/** No one says more characters than this in a second. */
const MAX_CHARACTERS_PER_SECOND = 20;

/** In milliseconds since the epoch. */
interface Span {
  readonly from: number;
  /** `Infinity` = played to its end, `undefined` = still playing. */
  readonly to: number | undefined;
}

/** When each response was audible, where the service reports it. */
export class Playback {
  /** By the id of the response. */
  readonly #spans = new Map<string, Span>();

  /** A second report of the same start is ignored. */
  start(responseId: string, now: number): void {
    if (!this.#spans.has(responseId)) this.#spans.set(responseId, { from: now, to: undefined });
  }

  /** The response has been played to its end. */
  finish(responseId: string): void {
    const span = this.#spans.get(responseId);
    if (span) this.#spans.set(responseId, { ...span, to: Infinity });
  }

  /** A response that was not audible any more stays as it is. */
  cut(responseId: string | undefined, now: number): void {
    if (responseId === undefined || !this.isPlaying(responseId)) return;
    this.#spans.set(responseId, { ...this.#spans.get(responseId)!, to: now });
  }

  cutAll(now: number): void {
    for (const responseId of this.#spans.keys()) this.cut(responseId, now);
  }

  /** Some servers report playback without naming the response: that counts for items that name none either. */
  isPlaying(responseId = ''): boolean {
    const span = this.#spans.get(responseId);
    return span !== undefined && span.to === undefined;
  }

  /**
   * The part of an entry's text that both sides know of. The text of an answer arrives before its sound, so an
   * answer that was cut off counts only as far as there was time to say it.
   */
  heardText({ role, source, status, text }: TranscriptEntry, responseId: string | undefined): string {
    if (role === 'user' || source === 'text') return text;
    const max = this.#secondsHeard(responseId, status === 'interrupted') * MAX_CHARACTERS_PER_SECOND;
    if (text.length <= max) return text;
    // Not in the middle of a word, nor of a character.
    return text.slice(0, max).replace(BEGUN_WORD, '').trimEnd();
  }

  #secondsHeard(responseId = '', interrupted: boolean): number {
    const span = this.#spans.get(responseId);
    if (span) return ((span.to ?? Infinity) - span.from) / 1000;
    // Where playback is reported at all, an answer without a report was not audible.
    const isUnheard = interrupted || (responseId !== '' && this.#spans.size > 0);
    return isUnheard ? 0 : Infinity;
  }
}
