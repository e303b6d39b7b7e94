import { blackened, blackenedField } from './blackened.js';

/** JSON that stands for any value: what it holds stays readable, and nothing that it refers to is kept alive. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** Items of one list or object; the rest is counted. */
const MOST_ITEMS = 40;
/** Items in all, so that a large event costs the page little. */
const MOST_ITEMS_IN_ALL = 1500;
const MOST_LEVELS = 10;
/** Characters of one text. */
const MOST_CHARACTERS = 2000;
/** Characters in all; the texts after them are cut to `LEAST_CHARACTERS`. */
const MOST_CHARACTERS_IN_ALL = 20_000;
const LEAST_CHARACTERS = 80;

/** Copies a value without its secrets. Pages may put anything into an event: nothing here throws. */
export function plainCopy(value: unknown): Plain {
  return new Copier().copy(value);
}

class Copier {
  readonly #above: unknown[] = [];
  #left = MOST_ITEMS_IN_ALL;
  #charactersLeft = MOST_CHARACTERS_IN_ALL;

  copy(value: unknown): Plain {
    try {
      return this.#copy(value);
    } catch {
      return '[cannot be read]';
    }
  }

  #copy(value: unknown): Plain {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#shortened(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[function ${this.#shortened(value.name)}]`;
    if (typeof value !== 'object') return this.#shortened(String(value));
    if (this.#above.includes(value)) return '[circular]';
    if (this.#above.length >= MOST_LEVELS) return '[…]';
    this.#above.push(value);
    try {
      return this.#copyObject(value);
    } finally {
      this.#above.pop();
    }
  }

  #copyObject(value: object): Plain {
    if (value instanceof Date) return this.#shortened(String(value));
    if (value instanceof Node) return `[${value.nodeName.toLowerCase()}]`;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return this.#copyList(value);
    if (value instanceof Map) return this.#copyList([...value]);
    if (value instanceof Set) return this.#copyList([...value]);
    // The fields of an error that say most are not enumerable.
    const names = value instanceof Error ? ['name', 'message', ...Object.keys(value), 'cause'] : Object.keys(value);
    return this.#copyFields(value as Readonly<Record<string, unknown>>, [...new Set(names)]);
  }

  #copyList(list: readonly unknown[]): Plain {
    const some = list.slice(0, this.#take(list.length)).map((item) => this.copy(item));
    return some.length < list.length ? [...some, `… ${list.length - some.length} more`] : some;
  }

  #copyFields(value: Readonly<Record<string, unknown>>, names: readonly string[]): Plain {
    const taken = this.#take(names.length);
    const some = names.slice(0, taken).flatMap((name): [string, Plain][] => {
      const field = this.#field(value, name);
      return field === undefined ? [] : [[blackened(name), field]];
    });
    const rest = names.length - taken;
    // Unlike an assignment, this works with any name, also where the page has frozen Object.prototype.
    return Object.fromEntries(rest > 0 ? [...some, ['…', `${rest} more`]] : some);
  }

  #field(value: Readonly<Record<string, unknown>>, name: string): Plain | undefined {
    try {
      const field = blackenedField(name, value[name]);
      return field === undefined ? undefined : this.copy(field);
    } catch {
      return '[cannot be read]';
    }
  }

  /** How many of so many items are copied. */
  #take(items: number): number {
    const taken = Math.min(items, MOST_ITEMS, this.#left);
    this.#left -= taken;
    return taken;
  }

  #shortened(text: string): string {
    const most = Math.min(MOST_CHARACTERS, Math.max(LEAST_CHARACTERS, this.#charactersLeft));
    // What is cut off begins where a secret cannot have begun to be shown.
    const start = blackened(text.slice(0, 2 * most));
    this.#charactersLeft -= Math.min(start.length, most);
    return start.length > most ? `${start.slice(0, most)}…` : start;
  }
}
