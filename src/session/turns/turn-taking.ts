import type { Command, Fault, SessionOpened, Signal } from '../../protocol/signals.js';
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
  readonly session: Pick<SessionOpened, 'answersTurns' | 'replacesResponses'> | undefined;
  command(command: Command): void;
}

/**
 * A request for a response, until the service has announced the response. `after-turn` and `after-response`: it is sent
 * when the visitor's turn or the response under way has ended. `sent`: it is on its way. `superseded`: it is on its way
 * too, but more was said since, so that the response is cancelled when it begins, and another one requested.
 */
type ResponseRequest = 'after-turn' | 'after-response' | 'sent' | 'superseded';

/** Requests responses one at a time, interrupts them, and runs push-to-talk turns. */
export class TurnTaking {
  readonly #host: TurnHost;
  /** How many turns the visitor has begun. */
  count = 0;
  /** The service generates one response at a time. */
  #request: ResponseRequest | undefined;
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
    return !!this.#host.record.turn?.awaited && (!this.#request || this.#request === 'sent');
  }

  requestResponse(): void {
    this.#host.record.write({ type: 'response-awaited' });
    const isResponding = this.#request === 'after-response' || this.#host.record.turn?.generating !== undefined;
    if (this.#isUnannounced) this.#request = 'superseded';
    else if (isResponding) this.#request = 'after-response';
    else this.#respond();
  }

  /** Requests a response without cutting into the visitor's turn. If the service answers the turn, that will do. */
  requestResponseAfterTurn(): void {
    const isTurn = this.isTurnOpen || this.#host.record.turn?.userSpeaking;
    if (!isTurn) this.requestResponse();
    else if (!this.#request || this.#request === 'sent') this.#request = 'after-turn';
  }

  /** Requests a response although one may be under way: the service may never end it. */
  requestResponseAgain(): void {
    this.#host.record.write({ type: 'response-awaited' });
    this.#respond();
  }

  /** A response was requested together with the history of the conversation. */
  responseRequested(): void {
    this.#host.record.write({ type: 'response-awaited' });
    this.#request = this.#whenSent;
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
    if (signal.type === 'response-started') this.#responseStarted();
    if (signal.type === 'response-ended') this.#responseEnded();
    if (signal.type === 'fault') this.#requestFailed(signal);
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
    this.#request = undefined;
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
    if (this.#host.answers) this.requestResponse();
  }

  /** `isAnswered`: a response to the turn follows without a request. */
  #turnEnded(isAnswered = false): void {
    if (isAnswered) this.#host.record.write({ type: 'response-awaited' });
    if (this.#request !== 'after-turn') return;
    this.#request = undefined;
    if (!isAnswered) this.requestResponse();
  }

  #responseStarted(): void {
    if (this.#request === 'sent') this.#request = undefined;
    if (this.#request !== 'superseded') return;
    this.#request = 'after-response';
    this.#host.record.write({ type: 'response-awaited' });
    this.interrupt();
  }

  #responseEnded(): void {
    if (this.#request !== 'after-response' && this.#request !== 'superseded') return;
    this.#request = undefined;
    this.requestResponse();
  }

  /** No response follows a request that the service rejects. An error that names another event is no such rejection. */
  #requestFailed({ severity, rejectedEventId }: Fault): void {
    if (severity === 'busy') this.#request = 'after-response';
    if (severity !== 'passing' || rejectedEventId || !this.#isUnannounced) return;
    const isWanted = this.#request === 'superseded';
    this.#request = undefined;
    if (isWanted) this.requestResponse();
  }

  /** Whether a request was sent that the service has not answered. */
  get #isUnannounced(): boolean {
    return this.#request === 'sent' || this.#request === 'superseded';
  }

  /** What is known of a request when it is sent: nothing where the next one takes its place anyway. */
  get #whenSent(): ResponseRequest | undefined {
    return this.#host.session?.replacesResponses ? undefined : 'sent';
  }

  #respond(): void {
    this.#request = this.#whenSent;
    this.#host.command({ type: 'respond' });
  }
}
