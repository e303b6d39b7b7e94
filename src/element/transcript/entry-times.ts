/** A line of the transcript, and the time of its entry in ms since the epoch. */
export type Timed = readonly [line: HTMLElement, createdAt: number];

/**
 * The times of the entries, which are seen when a pointer is on a line or the log has the focus. They are part of the
 * text, so that a screen reader finds them, but none is announced: a line gets its time after it was announced, and the
 * time itself is no live text.
 */
export class EntryTimes {
  #waiting: readonly Timed[] = [];
  #lang = 'en';
  #format: ((date: Date) => string) | undefined;

  /** The language of the times. */
  set lang(lang: string) {
    this.#lang = lang;
    this.#format = undefined;
  }

  /** These lines are new and complete. Those that were new before have been announced by now. */
  follow(lines: readonly Timed[]): void {
    if (lines.length === 0) return;
    this.write();
    this.#waiting = lines;
  }

  /** Gives all lines their time. */
  readonly write = (): void => {
    for (const [line, createdAt] of this.#waiting) this.#writeTime(line, createdAt);
    this.#waiting = [];
  };

  /** Writes a time again, after the language has changed. */
  rewrite(line: HTMLElement, createdAt: number): void {
    if (line.querySelector('time')) this.#writeTime(line, createdAt);
  }

  #writeTime(line: HTMLElement, createdAt: number): void {
    const date = new Date(createdAt);
    // A page may recall entries with any number.
    if (Number.isNaN(date.getTime())) return;
    const time = line.querySelector('time') ?? document.createElement('time');
    time.setAttribute('aria-live', 'off');
    time.textContent = (this.#format ??= timeFormat(this.#lang))(date);
    line.append(time);
  }
}

/** The time of day; for another day, with the date. */
function timeFormat(lang: string): (date: Date) => string {
  const today = new Date().toDateString();
  const ofToday = new Intl.DateTimeFormat(lang, { timeStyle: 'short' });
  const ofAnotherDay = new Intl.DateTimeFormat(lang, { dateStyle: 'short', timeStyle: 'short' });
  return (date) => (date.toDateString() === today ? ofToday : ofAnotherDay).format(date);
}
