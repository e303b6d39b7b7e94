import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { newId } from '../../service/new-id.js';

type WithoutId<Event> = Event extends { event_id: string } ? Omit<Event, 'event_id'> : never;

/** A server event before it gets its id, which is added when it is sent. */
export type OutgoingEvent = WithoutId<RealtimeServerEvent>;
export type Emit = (event: OutgoingEvent) => void;

export function withId(event: OutgoingEvent): RealtimeServerEvent {
  return { event_id: newId('event'), ...event } as RealtimeServerEvent;
}
