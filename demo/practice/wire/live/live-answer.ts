import { Narration } from '../../answers/narration.js';
import type { Spoken } from '../../answers/reply.js';
import type { Utterance } from '../../sound/utterance.js';
import type { CallLine } from '../dialect.js';
import type { EmitLive } from './live-event.js';

/** One spoken answer: its sound, and its words at the time they are heard. No event marks its beginning or end. */
export class LiveAnswer {
  readonly #line: CallLine;
  readonly #emit: EmitLive;
  readonly #over: () => void;
  readonly #utterance: Utterance;
  readonly #narration: Narration;
  #beganMs = 0;
  #ended = false;

  /** @param over called once, when the answer has been said or stopped */
  constructor(line: CallLine, emit: EmitLive, now: () => number, over: () => void) {
    this.#line = line;
    this.#emit = emit;
    this.#over = over;
    this.#utterance = line.playback.open({
      started: () => {
        this.#beganMs = now();
      },
      progressed: (playedMs) => this.#sendWords(playedMs),
      drained: () => this.#end(),
    });
    this.#narration = new Narration(this.#utterance);
  }

  say(spoken: readonly Spoken[]): void {
    this.#narration
      .make(spoken, this.#line.speech, () => !this.#ended)
      .catch((problem: unknown) => {
        if (this.#ended) return;
        console.error('practice server: the speech synthesis failed:', problem);
        this.#emit({
          type: 'error',
          error: { type: 'server_error', code: 'server_error', message: 'The voice failed.' },
        });
        this.stop();
      });
  }

  /** Ends the sound at once, even in the middle of a word. */
  stop(): void {
    this.#utterance.stop();
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#over();
  }

  #sendWords(playedMs: number): void {
    for (const { text, startMs, endMs } of this.#narration.wordsUntil(playedMs)) {
      const [start_ms, end_ms] = [startMs, endMs].map((ms) => Math.round(this.#beganMs + ms)) as [number, number];
      this.#emit({ type: 'session.output_transcript.delta', delta: text, start_ms, end_ms });
    }
  }
}
