import { count, text } from './field.js';
import type { WireEvent } from './signals.js';

/** No event of a service is this long; what grows beyond is thrown away. In base64 characters. */
const LONGEST = 4_000_000;
/** Messages whose fragments are still coming; more than a few at once are a fault of the sender's. */
const MOST_OPEN = 16;

/**
 * Speaches wraps its events in small messages: `full_message` holds one in base64, `partial_message` a
 * numbered fragment of one.
 */
export class Fragments {
  readonly #open = new Map<string, string[]>();

  /** The event itself when it is not wrapped, the unwrapped event when it is whole, else undefined. */
  unwrap(event: WireEvent): WireEvent | undefined {
    if (event.type !== 'full_message' && event.type !== 'partial_message') return event;
    const data = text(event['data']) ?? '';
    return parse(event.type === 'full_message' ? data : this.#collect(event, data));
  }

  #collect(event: WireEvent, data: string): string {
    const id = text(event['id']) ?? '';
    const [index, total] = [count(event['fragment_index']), count(event['total_fragments'])];
    const parts = this.#open.get(id) ?? [];
    if (index >= total || total * data.length > LONGEST) return '';
    parts[index] = data;
    this.#open.set(id, parts);
    if (this.#open.size > MOST_OPEN) this.#open.delete(this.#open.keys().next().value!);
    for (let i = 0; i < total; i += 1) if (parts[i] === undefined) return '';
    this.#open.delete(id);
    return parts.join('');
  }
}

/** Bytes of JSON in base64; each fragment may have been encoded by itself, with its own padding. */
function parse(base64: string): WireEvent | undefined {
  if (base64 === '') return undefined;
  try {
    const binary = base64.split(/(?<==)(?!=)/).map(atob).join('');
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return readWireEvent(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** What is not JSON with a `type` is no event of any dialect. */
export function readWireEvent(data: string): WireEvent | undefined {
  try {
    const event = JSON.parse(data) as WireEvent | null;
    return typeof event?.type === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
