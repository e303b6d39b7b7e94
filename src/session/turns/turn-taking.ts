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
  /** `answersTurns`: the service detects the end of a turn, and responds to it without a request. */
  readonly session: { readonly answersTurns: boolean } | undefined;
  command(command: Command): void;
}

/** Requests responses one at a time, interrupts them, and runs push-to-talk turns. */
export class TurnTaking {
  readonly #host: TurnHost;
  /** How many turns the visitor has begun. */
  count = 0;
  /** What has to end before a response is requested. The service generates one at a time. */
  #requestAfter: 'response' | 'turn' | undefined;
  /** The ids of the responses that were interrupted last. */
  #interrupted: readonly string[] = [];
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

  /** Whether the service has to begin a response without a further request. */
  get isResponseDue(): boolean {
    return !!this.#host.record.turn?.awaited && !this.#requestAfter;
  }

  requestResponse(): void {
    this.#host.record.write({ type: 'response-awaited' });
    this.#request();
  }

  /** Requests a response without cutting into the visitor's turn. If the service answers the turn, that will do. */
  requestResponseAfterTurn(): void {
    if (this.isTurnOpen || this.#host.record.turn?.userSpeaking) this.#requestAfter ??= 'turn';
    else this.requestResponse();
  }

  /** Requests a response although one may be under way: the service may never end it. */
  requestResponseAgain(): void {
    this.#requestAfter = undefined;
    this.#host.record.write({ type: 'response-awaited' });
    this.#host.command({ type: 'respond' });
  }

  /** Adds typed text to the conversation and requests a response to it. */
  sendText(itemId: string, text: string): void {
    this.count += 1;
    this.interrupt();
    this.#host.command({ type: 'say', itemId, role: 'user', text });
    this.requestResponse();
  }

  /** Silences the assistant here at once, and makes the service stop generating and drop the unplayed sound. */
  interrupt(): void {
    const { audible, generating } = this.#host.record.turn ?? {};
    const responseIds = [audible, generating].filter((id) => id !== undefined);
    if (responseIds.length === 0) return;
    this.#interrupted = responseIds;
    if (generating !== undefined) this.#host.command({ type: 'cancel-response' });
    this.#host.media.speaker.muted = true;
    this.#host.command({ type: 'clear-output' });
    this.#host.record.write({ type: 'interrupted', responseIds });
  }

  /** Whether a signal reports the playback of a response that was interrupted here. Such a signal is out of date. */
  isInterruptedPlayback(signal: Signal): boolean {
    return signal.type === 'playback-started' && this.#interrupted.includes(signal.responseId);
  }

  receive(signal: Signal): void {
    if (signal.type === 'playback-started') this.#host.media.speaker.muted = false;
    if (signal.type === 'user-started') this.count += 1;
    if (signal.type === 'fault' && signal.severity === 'busy') this.#requestRefused();
    if (signal.type === 'response-ended' && this.#requestAfter === 'response') this.#responseOver();
    if (signal.type === 'user-stopped') this.#turnEnded(this.#host.session?.answersTurns);
    if (signal.type === 'turn-discarded') this.#turnEnded();
  }

  /** The visitor presses the push-to-talk button. */
  begin(): void {
    if (this.#isButtonHeld) return;
    this.#isButtonHeld = true;
    // Pressed again before the last word was sent, the button continues the turn.
    if (this.#releaseTimer === undefined) {
      this.#heldSince = performance.now();
      this.count += 1;
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
      return this.#turnEnded();
    }
    if (this.#host.answers) this.#host.record.write({ type: 'response-awaited' });
    this.#releaseTimer = setTimeout(() => this.#commit(), RELEASE_DELAY);
  }

  /** Drops the turn under way, because push-to-talk was turned on or off. */
  discard(): void {
    this.close();
    this.#isButtonHeld = false;
    this.#host.record.write({ type: 'turn-discarded' });
    this.#turnEnded();
  }

  /** Forgets what was under way in a connection that is given up. */
  reset(): void {
    if (this.isTurnOpen) this.#host.microphone.setTalking(false);
    this.close();
    this.#isButtonHeld = false;
    this.#requestAfter = undefined;
    this.#interrupted = [];
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

  /** `isAnswered`: a response to the turn follows without a request. */
  #turnEnded(isAnswered = false): void {
    if (isAnswered) this.#host.record.write({ type: 'response-awaited' });
    if (this.#requestAfter !== 'turn') return;
    this.#requestAfter = undefined;
    if (!isAnswered) this.requestResponse();
  }

  /** The service was busy with a response: one that it announces next, or one that has ended meanwhile. */
  #requestRefused(): void {
    const { generating, awaited } = this.#host.record.turn ?? {};
    this.#requestAfter = 'response';
    if (generating === undefined && !awaited) this.#responseOver();
  }

  /** A response was waited for. The visitor may have interrupted it. */
  #responseOver(): void {
    this.#requestAfter = undefined;
    this.requestResponseAfterTurn();
  }

  #request(): void {
    this.#requestAfter = this.#host.record.turn?.generating === undefined ? undefined : 'response';
    if (!this.#requestAfter) this.#host.command({ type: 'respond' });
  }
}
