import { fields, type Fields } from '../../json-fields.js';
import type { WireEvent } from '../../protocol/signals.js';
import type { Connection } from '../connection/connection.js';
import { newItemId } from '../item-id.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** The fields of a session that are merged field by field. The last two are GPT-Live's. */
const NESTED = ['audio', 'input', 'output', 'delegation', 'responses'];

/** The changes that the page has made to its session by `session.update`. A new session needs them too. */
export class SessionChanges {
  /** By the id of the client event. */
  readonly #updates = new Map<string, Fields>();

  /** Sends an event of the page, with an id, so that the service can name the one it rejects. */
  send(event: WireEvent, connection: Pick<Connection, 'send'>): void {
    const named = { event_id: newItemId(), ...event };
    connection.send(named);
    if (event.type === 'session.update') this.#updates.set(String(named.event_id), fields(event['session']));
  }

  /** The service rejects an update as a whole. Sent again, it would make the service reject the opening update too. */
  reject(eventId: string): void {
    this.#updates.delete(eventId);
  }

  /** The options with every change of the page, and the visitor's language, in `initialSession`. */
  mergeInto(options: VoiceSessionOptions): VoiceSessionOptions {
    const session = withLanguage(options.initialSession ?? {}, options.language);
    return { ...options, initialSession: [...this.#updates.values()].reduce(merged, session) };
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
