import { randomBytes } from 'node:crypto';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

type WithoutId<Event> = Event extends { event_id: string } ? Omit<Event, 'event_id'> : never;

/** A server event as the code writes it; the id is put on when it is sent. */
export type OutgoingEvent = WithoutId<RealtimeServerEvent>;
export type Emit = (event: OutgoingEvent) => void;

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}

export function withId(event: OutgoingEvent): RealtimeServerEvent {
  return { event_id: newId('event'), ...event } as RealtimeServerEvent;
}
