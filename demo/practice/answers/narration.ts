import { levelled, SAMPLE_RATE } from '../sound/pcm.js';
import type { Utterance } from '../sound/playback.js';
import type { Spoken } from './replies.js';
import { sentencesOf, type Speech } from '../sound/speech.js';

export interface Word {
  text: string;
  /** Where it is in the sound. */
  startMs: number;
  endMs: number;
}

const PAUSE = new Int16Array(SAMPLE_RATE * 0.3);

/** The sound of an answer, made sentence by sentence while it is already playing, and where in it each word is. */
export class Narration {
  readonly #utterance: Utterance;
  readonly #words: Word[] = [];
  #said = '';
  #madeMs = 0;
  #complete = false;

  constructor(utterance: Utterance) {
    this.#utterance = utterance;
  }

  /** How much sound there is by now. */
  get madeMs(): number {
    return this.#madeMs;
  }

  /** All of the sound is there, and every word of it has been taken. */
  get told(): boolean {
    return this.#complete && this.#words.length === 0;
  }

  /** @param wanted asked after every sentence: an answer that was stopped is not made to its end */
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

  /** Takes the words that begin until then. */
  wordsUntil(ms: number): Word[] {
    const later = this.#words.findIndex(({ startMs }) => startMs > ms);
    return this.#words.splice(0, later < 0 ? this.#words.length : later);
  }

  #append(samples: Int16Array, words: readonly { text: string; ms: number }[]): void {
    const lengthMs = (samples.length / SAMPLE_RATE) * 1000;
    words.forEach(({ text, ms }, index) => {
      const gap = this.#said === '' || this.#said.endsWith(' ') ? '' : ' ';
      this.#said = text;
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
