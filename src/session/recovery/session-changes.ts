import { fields, type Fields } from '../../json-fields.js';
import type { WireEvent } from '../../protocol/signals.js';
import type { Connection } from '../connection/connection.js';
import { newItemId } from '../item-id.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** Parts of a session that hold fields of their own; the last two are GPT-Live's. */
const PARTS = ['audio', 'input', 'output', 'delegation', 'responses'];

/** What the page has changed in its session by itself: a session that takes over is to be changed likewise. */
export class SessionChanges {
  readonly #updates = new Map<unknown, Fields>();

  /** Sends an event of the page; an update gets a name, so that the service can refuse it by name. */
  send(event: WireEvent, connection: Pick<Connection, 'send'>): void {
    if (event.type !== 'session.update') return connection.send(event);
    const named = { event_id: newItemId(), ...event };
    connection.send(named);
    this.#updates.set(named.event_id, fields(event['session']));
  }

  /** An update is refused as a whole: sent again it would take along what the session opens with. */
  heed({ type, error }: WireEvent): void {
    if (type !== 'error') return;
    const { event_id, client_event_id = event_id } = fields(error);
    this.#updates.delete(client_event_id);
  }

  /** The options, as if the page had wanted from the beginning what it wants now. */
  over(options: VoiceSessionOptions): VoiceSessionOptions {
    return { ...options, initialSession: [...this.#updates.values()].reduce(merged, options.initialSession ?? {}) };
  }
}

/**
 * As the service does it: what is absent stays, and what is there takes its place whole, be it null. So the fields of
 * turn detection are never mixed with those of another kind of turn detection.
 */
function merged(before: Fields, update: Fields): Fields {
  const after: Record<string, unknown> = { ...before, ...update };
  for (const part of PARTS) if (part in update) after[part] = merged(fields(before[part]), fields(update[part]));
  return after;
}
