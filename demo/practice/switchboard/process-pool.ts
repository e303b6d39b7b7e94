import type { Speech } from '../sound/speech.js';
import { CallProcess } from './call-process.js';

/** Starting a process takes much longer than answering an offer, so a page that reconnects finds another one ready. */
const WARM_PROCESSES = 2;

/** Keeps a few processes ready for the next calls. */
export class ProcessPool {
  readonly #program: string;
  readonly #speech: Speech;
  readonly #warm: CallProcess[] = [];
  #filling: Promise<void> | undefined;
  #closed = false;

  /** @param program the path of the compiled program of a call */
  constructor(program: string, speech: Speech) {
    this.#program = program;
    this.#speech = speech;
  }

  /** Processes that wait for a call. */
  get warm(): readonly CallProcess[] {
    return this.#warm;
  }

  /** The process that has been ready for the longest, or a new one. Call `fill` when the offer has been answered. */
  take(): CallProcess {
    return this.#warm.shift() ?? new CallProcess(this.#program, this.#speech);
  }

  /** Starts the processes that are missing, one after the other. */
  fill(): Promise<void> {
    return (this.#filling ??= this.#fill().finally(() => (this.#filling = undefined)));
  }

  /** Resolves when no process waits any more. */
  async close(): Promise<void> {
    this.#closed = true;
    const waiting = this.#warm.splice(0);
    for (const process of waiting) process.kill();
    await Promise.all(waiting.map(({ exited }) => exited));
  }

  async #fill(): Promise<void> {
    while (this.#warm.length < WARM_PROCESSES && !this.#closed) {
      const process = new CallProcess(this.#program, this.#speech);
      this.#warm.push(process);
      void process.exited.then(() => this.#remove(process));
      try {
        await process.commands.warmUp();
      } catch {
        // A process that ends before its first call is not replaced until the next call, so that this never loops.
        return;
      }
    }
  }

  #remove(process: CallProcess): void {
    const index = this.#warm.indexOf(process);
    if (index >= 0) this.#warm.splice(index, 1);
  }
}
