import type { Command, Signal } from '../../protocol/signals.js';
import type { Recorder } from '../record/call-record.js';

/** A push-to-talk turn shorter than this is a slip of the finger; the service refuses it too. In milliseconds. */
const SHORTEST_TURN = 100;
/** The last word is still between microphone and service when the button is released. In milliseconds. */
const TAIL = 120;

/** What turn-taking needs of the call. */
export interface TurnHost {
  readonly record: Pick<Recorder, 'turn' | 'write'>;
  command(command: Command): void;
  readonly media: { readonly speaker: { muted: boolean } };
  readonly answers: boolean;
  /** Lets the microphone through, or not. */
  talk(talking: boolean): void;
}

/** Who speaks when: asks for responses one at a time, interrupts, and runs push-to-talk turns. */
export class TurnTaking {
  readonly #host: TurnHost;
  /** A response is wanted as soon as the one under way has ended: the service runs one at a time. */
  #wanted = false;
  #interrupted: string | undefined;
  #held = false;
  #begunAt = 0;
  #tail: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TurnHost) {
    this.#host = host;
  }

  respond(): void {
    this.#host.record.write({ type: 'response-awaited' });
    this.#ask();
  }

  say(itemId: string, text: string): void {
    this.interrupt();
    this.#host.command({ type: 'say', itemId, role: 'user', text });
    this.respond();
  }

  /** The assistant is silent here at once; the service is told to stop generating and to drop what is unplayed. */
  interrupt(): void {
    const { audible, generating } = this.#host.record.turn ?? {};
    const response = audible ?? generating;
    if (response === undefined) return;
    this.#interrupted = response;
    if (generating !== undefined) this.#host.command({ type: 'cancel-response' });
    this.#host.media.speaker.muted = true;
    this.#host.command({ type: 'clear-output' });
    this.#host.record.write({ type: 'interrupted' });
  }

  /** Whether a signal is about sound that was interrupted here and is to be disregarded. */
  disregards(signal: Signal): boolean {
    return signal.type === 'playback-started' && signal.responseId === this.#interrupted;
  }

  receive(signal: Signal): void {
    if (signal.type === 'playback-started') this.#host.media.speaker.muted = false;
    if (signal.type === 'fault' && signal.severity === 'busy') this.#wanted = true;
    if (signal.type === 'response-ended' && this.#wanted) this.#ask();
  }

  begin(): void {
    if (this.#held) return;
    this.#held = true;
    // Pressed again before the last word was through, the turn goes on.
    if (this.#tail === undefined) {
      this.#begunAt = performance.now();
      this.interrupt();
      this.#host.command({ type: 'clear-input' });
      this.#host.talk(true);
    }
    this.close();
    this.#host.record.write({ type: 'user-started', itemId: undefined });
  }

  end(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#host.record.write({ type: 'user-stopped', itemId: undefined });
    if (performance.now() - this.#begunAt < SHORTEST_TURN) {
      this.#host.talk(false);
      this.#host.command({ type: 'clear-input' });
      return;
    }
    if (this.#host.answers) this.#host.record.write({ type: 'response-awaited' });
    this.#tail = setTimeout(() => {
      this.#tail = undefined;
      this.#host.talk(false);
      this.#host.command({ type: 'commit-input' });
      if (this.#host.answers) this.#ask();
    }, TAIL);
  }

  /** Whether a push-to-talk turn is under way, its last word included. */
  get open(): boolean {
    return this.#held || this.#tail !== undefined;
  }

  /** Turns are taken in another way from now on: the one under way is neither sent nor waited for. */
  discard(): void {
    this.close();
    this.#held = false;
    this.#host.record.write({ type: 'turn-discarded' });
  }

  /** Another session has taken over: nothing of the old one is under way any more. */
  reset(): void {
    if (this.open) this.#host.talk(false);
    this.close();
    this.#wanted = this.#held = false;
    this.#interrupted = undefined;
    this.#host.media.speaker.muted = false;
  }

  close(): void {
    clearTimeout(this.#tail);
    this.#tail = undefined;
  }

  #ask(): void {
    this.#wanted = this.#host.record.turn?.generating !== undefined;
    if (!this.#wanted) this.#host.command({ type: 'respond' });
  }
}
