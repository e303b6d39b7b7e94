import type { Ear } from '../sound/ear.js';
import type { Playback } from '../sound/playback.js';
import type { Speech } from '../sound/speech.js';

/** How fast the practice server does what a model does. All values are milliseconds. */
export interface Tempo {
  /** From the request for a response to the first sign of it. */
  thinkingMs: number;
  /** How far the generation of a response runs ahead of its playback. */
  leadMs: number;
  /** How long a session lasts until it expires. */
  sessionMs: number;
}

/** What a call offers to its dialect. */
export interface CallLine {
  readonly id: string;
  readonly ear: Ear;
  readonly playback: Playback;
  readonly speech: Speech;
  readonly tempo: Tempo;
  /** Sends an event over the data channel. */
  send(event: { type: string }): void;
  /** Runs an action after so many milliseconds, unless the call has ended by then. */
  later(ms: number, action: () => void): NodeJS.Timeout;
  /** Hangs up in order: closes the data channel, and then the connection. */
  close(): void;
  /** Ends the call without a goodbye. */
  end(): void;
}

/**
 * One language of events, from the open data channel to the end of the call. The call carries sound and text; the
 * dialect decides what they mean.
 */
export interface Dialect {
  /** The data channel is open. */
  opened(): void;
  /** A message has arrived on the data channel. */
  received(text: string): void;
  /** The site's server hangs up: the dialect says goodbye if its language can, and ends the call. */
  hungUp(): void;
  /** The call has ended. */
  closed(): void;
  /** What tests can see of it. */
  describe(): { session: unknown; items: readonly unknown[]; muted?: boolean };
}

export type DialectFactory = (line: CallLine) => Dialect;
