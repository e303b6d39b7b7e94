import { Worker } from 'node:worker_threads';
import { SpokenSentence } from './spoken-sentence.js';

/** Sound and when each word of it begins: 48 kHz mono. The words joined are the whole text. */
export interface Clip {
  samples: Int16Array;
  words: { text: string; ms: number }[];
}

interface Answer {
  id: number;
  clip?: Clip;
  problem?: string;
}

const CACHED_SENTENCES = 200;

/** Text to speech, in a thread of its own. Sentences are kept, since the practice server repeats itself. */
export class Speech {
  #worker: Worker | undefined;
  readonly #rate: number;
  readonly #cache = new Map<string, Promise<Clip>>();
  readonly #waiting = new Map<number, { resolve(clip: Clip): void; reject(error: Error): void }>();
  #lastId = 0;
  #closed = false;

  /** @param rate words per minute */
  constructor(rate: number) {
    this.#rate = rate;
  }

  say(sentence: string): Promise<Clip> {
    const known = this.#cache.get(sentence);
    if (known) return known;
    const kept = new SpokenSentence(sentence, this.#rate);
    const clip = kept.read().then((known) => known ?? this.#speak(sentence, kept));
    // A prefetched sentence that fails has nobody listening yet; whoever asks for it still gets the rejection.
    clip.catch(() => this.#cache.delete(sentence));
    this.#cache.set(sentence, clip);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > CACHED_SENTENCES && !oldest.done) this.#cache.delete(oldest.value);
    return clip;
  }

  /** Whoever still waits for words gets none; that is no failure. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#worker?.removeAllListeners('exit');
    await this.#worker?.terminate();
  }

  async #speak(text: string, kept: SpokenSentence): Promise<Clip> {
    if (this.#closed) return new Promise(() => {});
    this.#worker ??= this.#startWorker();
    const id = ++this.#lastId;
    this.#worker.postMessage({ id, text, rate: this.#rate });
    const clip = await new Promise<Clip>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    void kept.write(clip);
    return clip;
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./speech-worker.mjs', import.meta.url), { execArgv: [] });
    worker.unref();
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => this.#failAll(new Error('the speech thread has ended')));
    return worker;
  }

  #settle({ id, clip, problem }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (clip) waiting?.resolve(clip);
    else waiting?.reject(new Error(problem));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Long text is spoken sentence by sentence: the first is heard while the rest is still being made. */
export function sentencesOf(text: string): string[] {
  return text.match(/[^.!?]+[.!?]*\s*/g) ?? [text];
}
