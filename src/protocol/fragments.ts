import { count, text } from '../json-fields.js';
import type { WireEvent } from './signals.js';

/** No event of a service is this long; what would be is thrown away. In base64 characters. */
const LONGEST = 4_000_000;
/** Messages whose fragments are still coming; more than a few at once are a fault of the sender's. */
const MOST_OPEN = 16;

/**
 * Events from messages of the channel. Speaches wraps its events: `full_message` holds one in base64,
 * `partial_message` a numbered fragment of one.
 */
export class Fragments {
  readonly #open = new Map<unknown, string[]>();

  /** The event of a message, or undefined: what is not JSON with a `type` is no event of any dialect. */
  read(message: string): WireEvent | undefined {
    try {
      const event = JSON.parse(message) as WireEvent | null;
      if (typeof event?.type !== 'string') return undefined;
      return /^(full|partial)_message$/.test(event.type) ? this.read(decode(this.#collect(event))) : event;
    } catch {
      return undefined;
    }
  }

  /** The whole message when this was the last of its fragments, else nothing. */
  #collect({ id, data, fragment_index = 0, total_fragments = 1 }: WireEvent): string {
    const [index, total, part] = [count(fragment_index), count(total_fragments), text(data) ?? ''];
    if (index >= total || total * part.length > LONGEST) return '';
    const parts = this.#open.get(id) ?? [];
    parts[index] = part;
    this.#open.set(id, parts);
    if (this.#open.size > MOST_OPEN) this.#open.delete(this.#open.keys().next().value);
    // Holes do not count.
    if (Object.keys(parts).length < total) return '';
    this.#open.delete(id);
    return parts.join('');
  }
}

/** Text in base64; each fragment may have been encoded by itself, with its own padding. */
function decode(base64: string): string {
  const binary = base64
    .split(/(?<==)(?!=)/)
    .map(atob)
    .join('');
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
