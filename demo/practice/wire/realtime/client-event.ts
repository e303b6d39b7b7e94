import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import { invalid } from '../../service/service-error.js';

/** The fields that each event must have. */
export type RequiredFields<Type extends string> = Record<Type, Record<string, 'string' | 'number' | 'object'>>;

const REQUIRED: RequiredFields<RealtimeClientEvent['type']> = {
  'session.update': { session: 'object' },
  'conversation.item.create': { item: 'object' },
  'conversation.item.delete': { item_id: 'string' },
  'conversation.item.retrieve': { item_id: 'string' },
  'conversation.item.truncate': { item_id: 'string', content_index: 'number', audio_end_ms: 'number' },
  'input_audio_buffer.append': { audio: 'string' },
  'input_audio_buffer.clear': {},
  'input_audio_buffer.commit': {},
  'output_audio_buffer.clear': {},
  'response.create': {},
  'response.cancel': {},
};

export interface Parsed<Event> {
  /** The message as it came: an object, or the text itself if it was no JSON. */
  raw: unknown;
  /** The id that the client gave the event, to be named in an error. */
  eventId: string | null;
  /** @throws ServiceError if the service does not know the event, or a field is missing */
  read(): Event;
}

export function parseClientEvent(text: string): Parsed<RealtimeClientEvent> {
  return parseEvent(text, REQUIRED);
}

export function parseEvent<Event extends { type: string }>(
  text: string,
  required: RequiredFields<Event['type']>,
): Parsed<Event> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return {
      raw: text,
      eventId: null,
      read: () => {
        throw invalid('We could not parse the JSON of this event.', 'invalid_json');
      },
    };
  }
  const fields = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const eventId = typeof fields['event_id'] === 'string' ? fields['event_id'] : null;
  return { raw, eventId, read: () => checked(fields, required) as unknown as Event };
}

function checked(fields: Record<string, unknown>, known: RequiredFields<string>): Record<string, unknown> {
  const type = fields['type'];
  if (typeof type !== 'string')
    throw invalid("Missing required parameter: 'type'.", 'missing_required_parameter', 'type');
  if (!Object.hasOwn(known, type))
    throw invalid(`Unknown parameter: '${type}' is no event type.`, 'unknown_parameter', 'type');
  for (const [name, kind] of Object.entries(known[type] ?? {})) {
    const value = fields[name];
    if (value === undefined || value === null) {
      throw invalid(`Missing required parameter: '${name}'.`, 'missing_required_parameter', name);
    }
    if (typeof value !== kind) throw invalid(`Invalid type for '${name}': expected ${kind}.`, 'invalid_type', name);
  }
  return fields;
}
