import { fields, type Fields } from '../../json-fields.js';
import type { WireEvent } from '../../protocol/signals.js';
import type { Connection } from '../connection/connection.js';
import { newItemId } from '../item-id.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** The fields of a session that are merged field by field. The last two are GPT-Live's. */
const NESTED = ['audio', 'input', 'output', 'delegation', 'responses'];

/** So many of the last updates the service may still reject. It has long answered the ones before them. */
const OPEN_UPDATES = 32;

/** What has changed in the session, mostly by the page's `session.update`. A new session needs it too. */
export class SessionChanges {
  /** What earlier updates add up to. */
  #settled: Fields = {};
  /** The last updates, by the id of the client event. */
  readonly #updates = new Map<string, Fields>();
  /** What `mergeInto()` has made of options since the last change. It is asked with every word that is said. */
  #merged = new WeakMap<VoiceSessionOptions, VoiceSessionOptions>();

  /** Sends an event of the page, with an id, so that the service can name the one it rejects. */
  send(event: WireEvent, connection: Pick<Connection, 'send'>): void {
    const named = { event_id: newItemId(), ...event };
    connection.send(named);
    if (event.type === 'session.update') this.keep(fields(event['session']), String(named.event_id));
  }

  /** Keeps an update for the sessions to come. */
  keep(update: Fields, eventId = newItemId()): void {
    this.#merged = new WeakMap();
    this.#updates.set(eventId, update);
    for (const [id, oldest] of this.#updates) {
      if (this.#updates.size <= OPEN_UPDATES) return;
      this.#settled = merged(this.#settled, oldest);
      this.#updates.delete(id);
    }
  }

  /** The service rejects an update as a whole. Sent again, it would make the service reject the opening update too. */
  reject(eventId: string): void {
    if (this.#updates.delete(eventId)) this.#merged = new WeakMap();
  }

  /** The options with every change of the page, and the visitor's language, in `initialSession`. */
  mergeInto(options: VoiceSessionOptions): VoiceSessionOptions {
    const before = this.#merged.get(options);
    if (before) return before;
    const session = withLanguage(options.initialSession ?? {}, options.language);
    const initialSession = [this.#settled, ...this.#updates.values()].reduce(merged, session);
    const result = { ...options, initialSession };
    this.#merged.set(options, result);
    return result;
  }
}

/** Without the name of a model there is nothing to tell the language to: the service replaces a transcription whole. */
function withLanguage(session: Fields, language: string | undefined): Fields {
  const audio = fields(session['audio']);
  const input = fields(audio['input']);
  const transcription = fields(input['transcription']);
  if (!language || !transcription['model']) return session;
  // The service takes no countries.
  const spoken = { ...transcription, language: language.split('-')[0] };
  return { ...session, audio: { ...audio, input: { ...input, transcription: spoken } } };
}

/**
 * Merges as the service does: an absent field stays, and a present one replaces the old value, even if it is null.
 * Turn detection is replaced as a whole, so that the settings of two kinds of it are never mixed.
 */
function merged(before: Fields, update: Fields): Fields {
  const after: Record<string, unknown> = { ...before, ...update };
  for (const name of NESTED) {
    if (name in update) after[name] = merged(fields(before[name]), fields(update[name]));
  }
  return after;
}
