import { count, text } from '../json-fields.js';
import type { WireEvent } from './signals.js';

/** A longer message is dropped, because no event is this long. In base64 characters. */
const MAX_LENGTH = 4_000_000;
/** The most messages whose fragments are collected at the same time. */
const MAX_OPEN = 16;

/**
 * Reads the events of the channel. The server Speaches wraps its events: a `full_message` holds one in base64, a
 * `partial_message` a numbered fragment of one.
 */
export class Fragments {
  readonly #open = new Map<unknown, string[]>();

  /** Returns the event of a message, or undefined if it is no JSON with a `type`, or only a fragment. */
  read(message: string): WireEvent | undefined {
    try {
      const event = JSON.parse(message) as WireEvent | null;
      if (typeof event?.type !== 'string') return undefined;
      return /^(full|partial)_message$/.test(event.type) ? this.read(decode(this.#collect(event))) : event;
    } catch {
      return undefined;
    }
  }

  /** Returns the whole message if this was the last fragment that was missing, otherwise an empty string. */
  #collect({ id, data, fragment_index = 0, total_fragments = 1 }: WireEvent): string {
    const [index, total, part] = [count(fragment_index), count(total_fragments), text(data) ?? ''];
    if (index >= total || total * part.length > MAX_LENGTH) return '';
    const parts = this.#open.get(id) ?? [];
    parts[index] = part;
    this.#open.set(id, parts);
    if (this.#open.size > MAX_OPEN) this.#open.delete(this.#open.keys().next().value);
    // Missing fragments have no key.
    if (Object.keys(parts).length < total) return '';
    this.#open.delete(id);
    return parts.join('');
  }
}

/** Decodes base64 text. Each fragment may have been encoded separately, with its own padding. */
function decode(base64: string): string {
  const binary = base64
    .split(/(?<==)(?!=)/)
    .map(atob)
    .join('');
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
