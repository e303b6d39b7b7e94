import { transcriptOf } from '../../answers/reply.js';
import type { Turn } from '../../sound/ear.js';
import type { CallLine } from '../dialect.js';
import type { EmitLive } from './live-event.js';

export interface HearingListener {
  /** The caller has begun to speak. */
  began(): void;
  /** The turn has ended, by silence or by muting. */
  ended(turn: Turn): void;
}

const RULES = { threshold: 0.5, silenceMs: 500, prefixMs: 300 };
const DELTA_EVERY_MS = 500;

/**
 * The caller's side of a GPT-Live session. While the caller speaks, the transcript gets an ellipsis every half second.
 * At the end it tells how much speech there was, since no words are recognised here.
 */
export class LiveHearing {
  readonly #line: CallLine;
  readonly #emit: EmitLive;
  readonly #now: () => number;
  readonly #listener: HearingListener;
  #muted = false;
  #deltaTimer: NodeJS.Timeout | undefined;
  #transcribedMs = 0;

  constructor(line: CallLine, emit: EmitLive, now: () => number, listener: HearingListener) {
    this.#line = line;
    this.#emit = emit;
    this.#now = now;
    this.#listener = listener;
    line.ear.rules = RULES;
    line.ear.listener = { speechStarted: () => this.#began(), speechStopped: (turn) => this.#ended(turn) };
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Whether the caller is speaking. */
  get busy(): boolean {
    return this.#deltaTimer !== undefined;
  }

  /** Ends the turn, because a caller who releases the talk button has finished speaking. */
  mute(): void {
    if (this.busy) this.#ended(this.#line.ear.commit());
    this.#muted = true;
    this.#line.ear.rules = null;
  }

  unmute(): void {
    if (!this.#muted) return;
    this.#muted = false;
    this.#line.ear.clear();
    this.#line.ear.rules = RULES;
  }

  close(): void {
    clearTimeout(this.#deltaTimer);
    this.#line.ear.listener = undefined;
  }

  #began(): void {
    this.#transcribedMs = this.#now();
    this.#listener.began();
    const sendDeltas = () => {
      this.#deltaTimer = this.#line.later(DELTA_EVERY_MS, () => {
        this.#sendDelta('… ');
        sendDeltas();
      });
    };
    sendDeltas();
  }

  #ended(turn: Turn): void {
    clearTimeout(this.#deltaTimer);
    this.#deltaTimer = undefined;
    this.#sendDelta(transcriptOf(turn));
    this.#listener.ended(turn);
  }

  #sendDelta(delta: string): void {
    const end_ms = this.#now();
    this.#emit({ type: 'session.input_transcript.delta', delta, start_ms: this.#transcribedMs, end_ms });
    this.#transcribedMs = end_ms;
  }
}
