/** Resources that the checks have opened. All are closed at the end; one that opens later is closed at once. */
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
