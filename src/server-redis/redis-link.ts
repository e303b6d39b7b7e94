import { withinDeadline } from '../server/hook-deadline.js';

/** Milliseconds until Redis counts as away. The handlers give a limiter 5 seconds. */
const DEADLINE_MS = 300;
/** Milliseconds between two tries while it is away. */
const PAUSE_MS = 1_000;

type State = { name: 'there' } | { name: 'away'; nextTryAt: number };

/**
 * Asks Redis within a deadline. While Redis is away, one request a second tries it, and all others learn at once that
 * it is: nobody waits for a Redis that hangs, and no commands pile up in a client that is about to reconnect.
 */
export class RedisLink {
  readonly #name: string;
  readonly #now: () => number;
  #state: State = { name: 'there' };

  /** @param name who asks, for the log */
  constructor(name: string, now = () => performance.now()) {
    this.#name = name;
    this.#now = now;
  }

  /** What the command gives; undefined if Redis is away. */
  async ask<T extends object | number | boolean>(command: () => Promise<T>): Promise<T | undefined> {
    if (this.#state.name === 'away') {
      if (this.#now() < this.#state.nextTryAt) return undefined;
      this.#state.nextTryAt = this.#now() + PAUSE_MS;
    }
    try {
      const answer = await withinDeadline('Redis', command, DEADLINE_MS);
      if (this.#state.name === 'away') console.warn(`realtime-voice/server/redis: ${this.#name}: Redis is back.`);
      this.#state = { name: 'there' };
      return answer;
    } catch (error) {
      this.#lost(error);
      return undefined;
    }
  }

  #lost(error: unknown): void {
    if (this.#state.name === 'there') {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`realtime-voice/server/redis: ${this.#name}: Redis is away (${reason}).`);
    }
    this.#state = { name: 'away', nextTryAt: this.#now() + PAUSE_MS };
  }
}
