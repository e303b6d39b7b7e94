type Report<Listener> = (listener: Listener) => void;

/** What is reported, in its order. Whatever comes before there is a listener is kept for it. */
export class Inbox<Listener> {
  #listener: Listener | undefined;
  readonly #waiting: Report<Listener>[] = [];

  put(report: Report<Listener>): void {
    this.#waiting.push(report);
    this.#deliver();
  }

  deliverTo(listener: Listener): void {
    this.#listener = listener;
    this.#deliver();
  }

  /** Nothing is delivered any more. A listener may call it in the middle of a delivery. */
  close(): void {
    this.#listener = undefined;
  }

  #deliver(): void {
    while (this.#listener && this.#waiting.length > 0) this.#waiting.shift()!(this.#listener);
  }
}
