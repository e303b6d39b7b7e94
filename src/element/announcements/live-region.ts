import { html, type TemplateResult } from 'lit';

/** How long an announcement stays at least: a screen reader may miss a shorter one. In milliseconds. */
const SHORTEST_MS = 1000;

interface Line {
  readonly words: string;
  readonly topic: string | undefined;
}

/** Text that is not seen but read aloud when it changes: one thing after another, each for a second at least. */
export class LiveRegion {
  readonly #host: Element;
  readonly #role: 'status' | 'alert';
  #waiting: Line[] = [];
  #saidAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `status` waits until the screen reader has finished a sentence, `alert` does not. */
  constructor(host: Element, role: 'status' | 'alert') {
    this.#host = host;
    this.#role = role;
  }

  /**
   * It is on the page before its first words: a region that is inserted together with them is not announced. `lang` is
   * the language of the words.
   */
  render(lang: string): TemplateResult {
    return html`<div class="announcement" role=${this.#role} lang=${lang}></div>`;
  }

  /** Says this when its turn comes. What still waits on the same topic is out of date then, and is not said. */
  say(words: string, topic?: string): void {
    if (topic) this.#waiting = this.#waiting.filter((line) => line.topic !== topic);
    this.#waiting.push({ words, topic });
    this.#sayNext();
  }

  /** Drops what waits. */
  hush(): void {
    this.#waiting = [];
    clearTimeout(this.#timer);
  }

  /** Removes words that do not hold any more, so that nobody finds them later. They had their second. */
  forget(): void {
    if (this.#waiting.length === 0 && this.#msLeft <= 0) this.#write('');
  }

  /** Removes everything at once, because nobody is there to hear it. */
  clear(): void {
    this.hush();
    this.#write('');
  }

  get #msLeft(): number {
    return this.#saidAt + SHORTEST_MS - performance.now();
  }

  readonly #sayNext = (): void => {
    clearTimeout(this.#timer);
    if (this.#msLeft <= 0) {
      this.#write(this.#waiting.shift()!.words);
      this.#saidAt = performance.now();
    }
    if (this.#waiting.length > 0) this.#timer = setTimeout(this.#sayNext, Math.ceil(this.#msLeft));
  };

  #write(words: string): void {
    const node = this.#host.shadowRoot?.querySelector(`.announcement[role=${this.#role}]`);
    if (node) node.textContent = words;
  }
}
