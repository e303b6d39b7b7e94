/**
 * What the visitor chose on this site, under one name. Storage may be forbidden: then it is forgotten with the page.
 * Read and written only after the visitor has done something.
 */
export class Stored<Value> {
  readonly #key: string;
  #value: Value | undefined;

  constructor(name: string) {
    this.#key = `realtime-voice-${name}`;
  }

  /** Undefined when nothing was chosen; of what shape it is, whoever else wrote it has decided. */
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
      else localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Asked again on the next page.
    }
  }
}
