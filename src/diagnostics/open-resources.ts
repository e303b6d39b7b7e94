/** What the checks have opened. Everything is closed at the end, whatever the end is; what comes later, at once. */
export class OpenResources {
  readonly #closers: (() => void)[] = [];
  #isClosed = false;

  add(close: () => void): void {
    if (this.#isClosed) close();
    else this.#closers.push(close);
  }

  close(): void {
    this.#isClosed = true;
    for (const close of this.#closers.splice(0)) close();
  }
}
