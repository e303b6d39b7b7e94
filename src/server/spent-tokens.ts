/** A token of a captcha service lives some minutes. */
const KEPT_MS = 10 * 60_000;
const MOST_TOKENS = 20_000;

/**
 * Hashes of the tokens that were used in this process. The captcha service refuses a second use too; this does not rely
 * on it, and costs it no request.
 */
export class SpentTokens {
  /** The time of use by hash, the oldest first. */
  readonly #usedAt = new Map<string, number>();
  readonly #now: () => number;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** Returns false if the token was used before. */
  add(hash: string): boolean {
    const now = this.#now();
    for (const [oldest, usedAt] of this.#usedAt) {
      if (usedAt > now - KEPT_MS && this.#usedAt.size < MOST_TOKENS) break;
      this.#usedAt.delete(oldest);
    }
    if (this.#usedAt.has(hash)) return false;
    this.#usedAt.set(hash, now);
    return true;
  }
}
