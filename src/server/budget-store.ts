/** Where the calls of a day are counted. A day is written `2026-11-28`. */
export interface BudgetStore {
  /** Takes one place of the day; false if `mostCalls` are taken. */
  take(day: string, mostCalls: number): Promise<boolean>;
  /** Gives one place back. */
  giveBack(day: string): Promise<void>;
}

/** Counts in the memory of this process. */
export class MemoryBudgetStore implements BudgetStore {
  #day = '';
  #taken = 0;

  async take(day: string, mostCalls: number): Promise<boolean> {
    if (day !== this.#day) {
      this.#day = day;
      this.#taken = 0;
    }
    if (this.#taken >= mostCalls) return false;
    this.#taken++;
    return true;
  }

  async giveBack(day: string): Promise<void> {
    if (day === this.#day && this.#taken > 0) this.#taken--;
  }
}
