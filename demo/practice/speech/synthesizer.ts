import { Worker } from 'node:worker_threads';
import { programPath } from '../programs.js';
import type { Clip, Speech } from '../sound/speech.js';
import { SpokenSentence } from './spoken-sentence.js';

interface WorkerAnswer {
  id: number;
  clip?: Clip;
  problem?: string;
}

const CACHED_SENTENCES = 200;

/** Text to speech in a worker thread. Sentences are kept, because the practice server repeats itself. */
export class Synthesizer implements Speech {
  readonly #rate: number;
  readonly #cache = new Map<string, Promise<Clip>>();
  readonly #waiting = new Map<number, { resolve(clip: Clip): void; reject(error: Error): void }>();
  #worker: Promise<Worker> | undefined;
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
    const clip = kept.read().then((known) => known ?? this.#synthesize(sentence, kept));
    // Nobody may be waiting for a sentence that is made in advance. Whoever asks for it later still gets the rejection.
    clip.catch(() => this.#cache.delete(sentence));
    this.#cache.set(sentence, clip);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > CACHED_SENTENCES && !oldest.done) this.#cache.delete(oldest.value);
    return clip;
  }

  /** Sentences that are being made stay pending: a closed synthesizer has not failed. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = await this.#worker;
    worker?.removeAllListeners('exit');
    await worker?.terminate();
  }

  async #synthesize(text: string, kept: SpokenSentence): Promise<Clip> {
    if (this.#closed) return new Promise(() => {});
    const worker = await (this.#worker ??= this.#startWorker());
    const id = ++this.#lastId;
    worker.postMessage({ id, text, rate: this.#rate });
    const clip = await new Promise<Clip>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    void kept.write(clip);
    return clip;
  }

  async #startWorker(): Promise<Worker> {
    const worker = new Worker(await programPath('speech-worker'), { execArgv: [] });
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => this.#failAll(new Error('the speech thread has ended')));
    return worker;
  }

  #settle({ id, clip, problem }: WorkerAnswer): void {
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
