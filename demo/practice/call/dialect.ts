import type { Ear } from '../sound/ear.js';
import type { Playback } from '../sound/playback.js';
import type { Speech } from '../sound/speech.js';

/** How quickly the practice server does what a model does. */
export interface Tempo {
  /** Between being asked and the first sign of an answer. */
  thinkingMs: number;
  /** How far the making of an answer runs ahead of its playback. */
  leadMs: number;
  /** After that long a session expires. */
  sessionMs: number;
}

/** What a call offers to whoever speaks on it. */
export interface CallLine {
  readonly id: string;
  readonly ear: Ear;
  readonly playback: Playback;
  readonly speech: Speech;
  readonly tempo: Tempo;
  /** Says something down the data channel. */
  send(event: { type: string }): void;
  /** Runs an action unless the call has ended by then. */
  later(ms: number, action: () => void): NodeJS.Timeout;
  /** Ends the call; the peer notices by itself. */
  end(): void;
}

/**
 * One wire language, from the opening of the data channel to the end of the call. The call carries sound and text; what they
 * mean is the dialect's business. A second one stands beside this as another file and another entry in the server.
 */
export interface Dialect {
  /** The data channel is open. */
  opened(): void;
  /** A message arrived on it. */
  received(text: string): void;
  /** A site's server wants the call to end: says goodbye where the language has one, and ends it. */
  hungUp(): void;
  closed(): void;
  /** For the inspection of tests. */
  describe(): { session: unknown; items: readonly unknown[]; muted?: boolean };
}

export type DialectFactory = (line: CallLine) => Dialect;
