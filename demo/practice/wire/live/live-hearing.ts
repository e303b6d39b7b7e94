import type { CallLine } from '../../call/dialect.js';
import type { Turn } from '../../sound/ear.js';
import type { EmitLive } from './live-event.js';
import { heardWords } from '../../answers/replies.js';

export interface HearingListener {
  began(): void;
  /** What was said is over, or was cut off by muting. */
  ended(turn: Turn): void;
}

const RULES = { threshold: 0.5, silenceMs: 500, prefixMs: 300 };
const TELLING_MS = 500;

/**
 * The caller's side of a full-duplex line. Its transcript runs while somebody speaks: a sign every half second that
 * something is heard, and at the end how much it was, since no words are recognised here.
 */
export class LiveHearing {
  readonly #line: CallLine;
  readonly #emit: EmitLive;
  readonly #now: () => number;
  readonly #listener: HearingListener;
  #muted = false;
  #telling: NodeJS.Timeout | undefined;
  #toldUntilMs = 0;

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

  /** Somebody is speaking. */
  get busy(): boolean {
    return this.#telling !== undefined;
  }

  /** What was said until now still counts: who lets go of the button has finished speaking. */
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
    clearTimeout(this.#telling);
    this.#line.ear.listener = undefined;
  }

  #began(): void {
    this.#toldUntilMs = this.#now();
    this.#listener.began();
    const tell = () => {
      this.#telling = this.#line.later(TELLING_MS, () => {
        this.#tell('… ');
        tell();
      });
    };
    tell();
  }

  #ended(turn: Turn): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#tell(heardWords(turn));
    this.#listener.ended(turn);
  }

  #tell(delta: string): void {
    const end_ms = this.#now();
    this.#emit({ type: 'session.input_transcript.delta', delta, start_ms: this.#toldUntilMs, end_ms });
    this.#toldUntilMs = end_ms;
  }
}
