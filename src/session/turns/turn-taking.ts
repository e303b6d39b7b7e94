import type { Command, Signal } from '../../protocol/signals.js';
import type { CallRecord } from '../record/call-record.js';

/** A shorter push-to-talk turn is taken for a mistake. The service rejects it too. In milliseconds. */
const MIN_TURN = 100;
/** How long after the button is released the last word may still be on its way to the service, in milliseconds. */
const RELEASE_DELAY = 120;

/** What turn-taking needs of the call. */
export interface TurnHost {
  readonly record: Pick<CallRecord, 'turn' | 'write'>;
  readonly media: { readonly speaker: { muted: boolean } };
  readonly microphone: { setTalking(talking: boolean): void };
  /** Whether the service responds to the visitor. */
  readonly answers: boolean;
  command(command: Command): void;
}

/** Requests responses one at a time, interrupts them, and runs push-to-talk turns. */
export class TurnTaking {
  readonly #host: TurnHost;
  /** Whether to request a response when the present one has ended: the service generates one at a time. */
  #isResponseWanted = false;
  /** The id of the response that was interrupted last. */
  #interrupted: string | undefined;
  #isButtonHeld = false;
  #heldSince = 0;
  /** Runs from the release of the button until the turn is sent. */
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TurnHost) {
    this.#host = host;
  }

  /** Whether a push-to-talk turn is under way, including its last word. */
  get isTurnOpen(): boolean {
    return this.#isButtonHeld || this.#releaseTimer !== undefined;
  }

  requestResponse(): void {
    this.#host.record.write({ type: 'response-awaited' });
    this.#request();
  }

  /** Requests a response although one may be under way: the service may never end it. */
  requestResponseAgain(): void {
    this.#isResponseWanted = false;
    this.#host.record.write({ type: 'response-awaited' });
    this.#host.command({ type: 'respond' });
  }

  /** Adds typed text to the conversation and requests a response to it. */
  sendText(itemId: string, text: string): void {
    this.interrupt();
    this.#host.command({ type: 'say', itemId, role: 'user', text });
    this.requestResponse();
  }

  /** Silences the assistant here at once, and makes the service stop generating and drop the unplayed sound. */
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

  /** Whether a signal reports the playback of a response that was interrupted here. Such a signal is out of date. */
  isInterruptedPlayback(signal: Signal): boolean {
    return signal.type === 'playback-started' && signal.responseId === this.#interrupted;
  }

  receive(signal: Signal): void {
    if (signal.type === 'playback-started') this.#host.media.speaker.muted = false;
    if (signal.type === 'fault' && signal.severity === 'busy') this.#isResponseWanted = true;
    if (signal.type === 'response-ended' && this.#isResponseWanted) this.#request();
  }

  /** The visitor presses the push-to-talk button. */
  begin(): void {
    if (this.#isButtonHeld) return;
    this.#isButtonHeld = true;
    // Pressed again before the last word was sent, the button continues the turn.
    if (this.#releaseTimer === undefined) {
      this.#heldSince = performance.now();
      this.interrupt();
      this.#host.command({ type: 'clear-input' });
      this.#host.microphone.setTalking(true);
    }
    this.close();
    this.#host.record.write({ type: 'user-started', itemId: undefined });
  }

  /** The visitor releases the push-to-talk button. */
  end(): void {
    if (!this.#isButtonHeld) return;
    this.#isButtonHeld = false;
    this.#host.record.write({ type: 'user-stopped', itemId: undefined });
    if (performance.now() - this.#heldSince < MIN_TURN) {
      this.#host.microphone.setTalking(false);
      this.#host.command({ type: 'clear-input' });
      return;
    }
    if (this.#host.answers) this.#host.record.write({ type: 'response-awaited' });
    this.#releaseTimer = setTimeout(() => this.#commit(), RELEASE_DELAY);
  }

  /** Drops the turn under way, because push-to-talk was turned on or off. */
  discard(): void {
    this.close();
    this.#isButtonHeld = false;
    this.#host.record.write({ type: 'turn-discarded' });
  }

  /** Forgets what was under way in a connection that is given up. */
  reset(): void {
    if (this.isTurnOpen) this.#host.microphone.setTalking(false);
    this.close();
    this.#isResponseWanted = this.#isButtonHeld = false;
    this.#interrupted = undefined;
    this.#host.media.speaker.muted = false;
  }

  close(): void {
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = undefined;
  }

  /** Sends the push-to-talk turn. */
  #commit(): void {
    this.#releaseTimer = undefined;
    this.#host.microphone.setTalking(false);
    this.#host.command({ type: 'commit-input' });
    if (this.#host.answers) this.#request();
  }

  #request(): void {
    this.#isResponseWanted = this.#host.record.turn?.generating !== undefined;
    if (!this.#isResponseWanted) this.#host.command({ type: 'respond' });
  }
}
