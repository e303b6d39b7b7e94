import { toJson } from '../../json-text.js';

/**
 * A choice of the visitor that is remembered for this site. Where the browser forbids storage it is remembered until
 * the page is left. Nothing is read or written before the visitor has done something.
 */
export class StoredChoice<Value> {
  readonly #key: string;
  #value: Value | undefined;

  constructor(name: string) {
    this.#key = `realtime-voice-${name}`;
  }

  /** Undefined when nothing was chosen. Anyone may have written under this name, so the shape is not certain. */
  get value(): Value | undefined {
    try {
      return (this.#value ??= JSON.parse(localStorage.getItem(this.#key) ?? 'null') ?? undefined);
    } catch {
      return this.#value;
    }
  }

  set value(value: Value | undefined) {
    this.#value = value;
    try {
      if (value === undefined) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, toJson(value));
    } catch {
      // The visitor is asked again on the next page.
    }
  }
}
