import assert from 'node:assert/strict';
import type { KeyInput } from 'puppeteer-core';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** More stops than any state of the card has. */
const MOST_STOPS = 30;

/** What the page records of the focus. */
interface FocusWatch {
  /** Where the focus is, in one word: a part, the name or id of a field, or `body`. */
  readonly name: () => string;
  /** Why the focus cannot be seen; empty if it can. */
  readonly unseen: () => string;
  readonly faults: string[];
}

/** A visitor who uses nothing but keys, between a link before the element and one behind it. */
export class KeyboardWalk {
  readonly #voice: VoicePage;

  private constructor(voice: VoicePage) {
    this.#voice = voice;
  }

  static async on(voice: VoicePage): Promise<KeyboardWalk> {
    await voice.page.evaluate(watchFocus);
    return new KeyboardWalk(voice);
  }

  /** Presses a key, with Shift if its name begins so. Then the focus can be seen. */
  async press(key: string): Promise<string> {
    const { keyboard } = this.#voice.page;
    const isShifted = key.startsWith('Shift+');
    if (isShifted) await keyboard.down('Shift');
    await keyboard.press(key.replace('Shift+', '') as KeyInput);
    if (isShifted) await keyboard.up('Shift');
    return this.#look(key);
  }

  async type(words: string): Promise<void> {
    await this.#voice.page.keyboard.type(words);
  }

  /** The stops of Tab or Shift+Tab up to a link of the page. A transcript that scrolls is one, and left out. */
  async stops(key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
    const stops: string[] = [];
    while (stops.length < MOST_STOPS && !/^(before|behind)$/.test(stops.at(-1) ?? '')) {
      const stop = await this.press(key);
      if (stop !== 'transcript') stops.push(stop);
    }
    return stops;
  }

  /** Presses Tab or Shift+Tab until the focus is there. */
  async to(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const stops = [await this.focused()];
    while (stops.length < MOST_STOPS && stops.at(-1) !== name) stops.push(await this.press(key));
    assert.equal(stops.at(-1), name, stops.join(', '));
  }

  /** Waits until the focus has gone there by itself. */
  async arrives(name: string): Promise<void> {
    await until(
      `the focus is on ${name}`,
      () => this.focused(),
      (focused) => focused === name,
    );
    await this.#look('by itself');
  }

  focused(): Promise<string> {
    return this.#voice.page.evaluate(() => (window as unknown as { focusWatch: FocusWatch }).focusWatch.name());
  }

  /** Where the focus was lost, could not be seen, or was on End by itself. */
  faults(): Promise<string[]> {
    return this.#voice.page.evaluate(() => (window as unknown as { focusWatch: FocusWatch }).focusWatch.faults);
  }

  #look(key: string): Promise<string> {
    return this.#voice.page.evaluate(async (key) => {
      await document.querySelector('realtime-voice')!.updateComplete;
      const { name, unseen, faults } = (window as unknown as { focusWatch: FocusWatch }).focusWatch;
      if (unseen()) faults.push(`${key}: ${name()} ${unseen()}`);
      return name();
    }, key);
  }
}

/** Runs in the page. It must not refer to anything outside itself. */
function watchFocus(): void {
  const element = document.querySelector('realtime-voice')!;
  const link = (id: string): HTMLElement => {
    const link = document.createElement('a');
    Object.assign(link, { href: '#', id, textContent: id });
    return link;
  };
  element.before(link('before'));
  element.after(link('behind'));

  const active = (): Element => {
    const { activeElement } = document;
    return (activeElement === element && element.shadowRoot!.activeElement) || activeElement || document.body;
  };
  const name = (): string => {
    const focused = active();
    return focused.getAttribute('name') ?? (focused.part[0] || focused.id || focused.localName);
  };
  const unseen = (): string => {
    const focused = active();
    const { left, top, width, height } = focused.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const root = focused.getRootNode() as Document | ShadowRoot;
    const hit = root.elementFromPoint(x, y);
    if (!hit || !(focused.contains(hit) || hit.contains(focused))) return `is covered at ${x}, ${y}`;
    // A text field has its ring around the whole row.
    const ringed = [focused, focused.closest('.composer')].filter((it) => it !== null);
    const hasRing = ringed
      .map((it) => getComputedStyle(it))
      .some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0);
    return hasRing ? '' : 'has no ring';
  };

  const faults: string[] = [];
  let lastKey = '';
  addEventListener('keydown', ({ key }) => void (lastKey = key), true);
  element.shadowRoot!.addEventListener('focusin', () => {
    if (name() === 'end-button' && lastKey !== 'Tab') faults.push(`End has the focus by itself after ${lastKey}`);
  });
  // Before each picture, because what the visitor sees counts.
  const look = (): void => {
    const isLost = lastKey !== '' && lastKey !== 'Tab' && active() === document.body;
    const fault = `the focus is lost after ${lastKey}`;
    if (isLost && faults.at(-1) !== fault) faults.push(fault);
    requestAnimationFrame(look);
  };
  look();
  Object.assign(window, { focusWatch: { name, unseen, faults } });
}
