import { toJson } from '../json-text.js';
import type { Plain } from './plain-copy.js';

/** An event as the inspector keeps it, without any reference to the page's objects. */
export interface LoggedEvent {
  /** Counts all events, from 1. */
  readonly number: number;
  /** ISO 8601, with milliseconds. */
  readonly time: string;
  /** The name of the element that dispatched it. */
  readonly element: string;
  /** The state of the element at that time. */
  readonly state: string;
  readonly type: string;
  readonly summary: string;
  readonly detail: Plain;
}

/** The newest events; when it is full, the oldest go. */
export class EventLog {
  readonly most: number;
  #events: readonly LoggedEvent[] = [];
  /** What is shown while the log is paused. */
  #held: readonly LoggedEvent[] | undefined;
  #count = 0;
  #forgotten = 0;
  #heldAt = 0;

  constructor(most = 500) {
    this.most = most;
  }

  /** The events to show, oldest first. */
  get shown(): readonly LoggedEvent[] {
    return this.#held ?? this.#events;
  }

  /** How many events went because the log was full. */
  get forgotten(): number {
    return this.#forgotten;
  }

  get paused(): boolean {
    return this.#held !== undefined;
  }

  /** How many events came since the pause. */
  get waiting(): number {
    return this.#held ? this.#count - this.#heldAt : 0;
  }

  add(event: Omit<LoggedEvent, 'number'>): void {
    const events = [...this.#events, { number: ++this.#count, ...event }];
    this.#forgotten += Math.max(0, events.length - this.most);
    this.#events = events.slice(-this.most);
  }

  /** A paused log goes on recording, but shows what it showed. */
  pause(paused: boolean): void {
    this.#held = paused ? this.#events : undefined;
    this.#heldAt = this.#count;
  }

  clear(): void {
    this.#events = [];
    this.#forgotten = 0;
    if (this.#held) this.pause(true);
  }
}

/** One JSON object a line, oldest first. */
export function jsonLines(events: readonly LoggedEvent[]): string {
  return events.map((event) => `${toJson(event)}\n`).join('');
}
