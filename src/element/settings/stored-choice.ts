import { toJson } from '../../json-text.js';

/** What the browser did not store, as JSON by key. It lasts until the page is left. */
const unstored = new Map<string, string>();

/**
 * A choice of the visitor that is remembered for this site. It is read from the storage each time, because other
 * elements and other tabs write it too. Nothing is read or written before the visitor has done something.
 */
export class StoredChoice<Value> {
  readonly key: string;
  readonly #parse: (stored: unknown) => Value | undefined;

  /** Anyone may have written under this name: `parse` returns what is of the right shape, and otherwise undefined. */
  constructor(name: string, parse: (stored: unknown) => Value | undefined) {
    this.key = `realtime-voice-${name}`;
    this.#parse = parse;
  }

  /** Undefined when nothing was chosen. */
  get value(): Value | undefined {
    try {
      return this.#parse(JSON.parse(unstored.get(this.key) ?? localStorage.getItem(this.key) ?? 'null'));
    } catch {
      return undefined;
    }
  }

  set value(value: Value | undefined) {
    const { key } = this;
    const newValue = value === undefined ? null : toJson(value);
    try {
      if (newValue === null) localStorage.removeItem(key);
      else localStorage.setItem(key, newValue);
      unstored.delete(key);
    } catch {
      // The visitor is asked again on the next page.
      unstored.set(key, newValue ?? 'null');
    }
    // The browser tells the other tabs; this tells the other elements of this page.
    window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
  }
}
