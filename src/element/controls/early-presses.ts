/** What comes by itself counts a press only after so long, without any other press on it; in ms. */
const QUIET_MS = 500;

/**
 * Tells presses that were meant for what was there before: by a key that is held, by the rest of a double click, by a
 * finger or a pointer that was on its way.
 */
export class EarlyPresses implements EventListenerObject {
  /** As a listener in a template, it comes before the listeners of the buttons inside. */
  readonly capture = true;
  /** On this window's own clock: time stamps of events in another document count from another moment. */
  #quietUntil = 0;

  /** Something to press appears now, or gets the focus. */
  begin(): void {
    this.#quietUntil = performance.now() + QUIET_MS;
  }

  /** Whether it is there for too short a time. */
  get isEarly(): boolean {
    return performance.now() < this.#quietUntil;
  }

  /** Whether to drop this event. An early press makes the next one wait too. */
  drops({ type, key, repeat, detail }: Pick<KeyboardEvent, 'type' | 'key' | 'repeat' | 'detail'>): boolean {
    const { isEarly } = this;
    if (isEarly || repeat) this.begin();
    const isPress = type === 'click' || (type === 'keydown' && (key === 'Enter' || key === ' '));
    return isPress && (isEarly || detail > 1);
  }

  /** Keeps presses that are too early from what is inside. */
  handleEvent(event: Event): void {
    if (!this.drops(event as KeyboardEvent & MouseEvent)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
