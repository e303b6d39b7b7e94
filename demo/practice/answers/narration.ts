import { levelled, SAMPLE_RATE } from '../sound/pcm.js';
import { sentencesOf, type Speech } from '../sound/speech.js';
import type { Utterance } from '../sound/utterance.js';
import type { Spoken } from './reply.js';

export interface Word {
  text: string;
  /** Its place in the sound. */
  startMs: number;
  endMs: number;
}

const PAUSE = new Int16Array(SAMPLE_RATE * 0.3);

/** Makes the sound of an answer sentence by sentence, while it already plays, and notes where each word is in it. */
export class Narration {
  readonly #utterance: Utterance;
  readonly #words: Word[] = [];
  #lastWord = '';
  #madeMs = 0;
  #complete = false;

  constructor(utterance: Utterance) {
    this.#utterance = utterance;
  }

  /** How much sound has been made so far. */
  get madeMs(): number {
    return this.#madeMs;
  }

  /** All sound has been made, and every word has been taken. */
  get finished(): boolean {
    return this.#complete && this.#words.length === 0;
  }

  /** @param wanted asked after every sentence; when it returns false, nothing more is made */
  async make(spoken: readonly Spoken[], speech: Speech, wanted: () => boolean): Promise<void> {
    for (const part of spoken) {
      if ('play' in part) {
        this.#append(PAUSE, []);
        this.#append(levelled(part.play), [{ text: part.transcript, ms: 0 }]);
        continue;
      }
      for (const sentence of sentencesOf(part.say)) {
        const clip = await speech.say(sentence);
        if (!wanted()) return;
        this.#append(clip.samples, clip.words);
      }
    }
    this.#utterance.finish();
    this.#complete = true;
  }

  /** Takes the words that begin at or before `ms`. */
  wordsUntil(ms: number): Word[] {
    const later = this.#words.findIndex(({ startMs }) => startMs > ms);
    return this.#words.splice(0, later < 0 ? this.#words.length : later);
  }

  #append(samples: Int16Array, words: readonly { text: string; ms: number }[]): void {
    const lengthMs = (samples.length / SAMPLE_RATE) * 1000;
    words.forEach(({ text, ms }, index) => {
      const gap = this.#lastWord === '' || this.#lastWord.endsWith(' ') ? '' : ' ';
      this.#lastWord = text;
      this.#words.push({
        text: gap + text,
        startMs: this.#madeMs + Math.min(ms, lengthMs),
        endMs: this.#madeMs + Math.min(words[index + 1]?.ms ?? lengthMs, lengthMs),
      });
    });
    this.#utterance.append(samples);
    this.#madeMs += lengthMs;
  }
}
