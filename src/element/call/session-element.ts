import { LitElement } from 'lit';
import type { VoiceError } from '../../errors.js';
import type { TranscriptEntry, Usage, VoiceEventMap, VoiceState, WireEvent } from '../../session/index.js';
import type { VoiceSession } from '../../session/voice-session.js';
import { VERSION } from '../../version.js';
import { isFlag } from '../options.js';

/** An element that has a session: it reports what the session reports, and passes on what needs nothing of its own. */
export abstract class SessionElement extends LitElement {
  /** The version of the package. */
  static readonly version: string = VERSION;
  /** @internal */
  protected readonly voice: VoiceSession;

  constructor(voice: VoiceSession) {
    super();
    this.voice = voice;
  }

  /** @internal The attribute `state` is watched because a page may change it; it is written again then. */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'state'];
  }

  /** @internal Vue and Svelte write a boolean that is false as a text: its attribute goes, as style sheets expect. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (value === 'false' && isFlag(name)) this.removeAttribute(name);
    else if (name !== 'state') super.attributeChangedCallback(name, before, value);
    else if (value !== this.state) this.requestUpdate();
  }

  /** @internal The language and the place on the page depend on where the element is. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** @internal Defined so that `moveBefore()` moves the element without disconnecting it. */
  connectedMoveCallback(): void {
    this.requestUpdate();
  }

  /** @internal Mutes or unmutes as the visitor wishes. */
  visitorMutes(muted: boolean): void {
    this.voice.muted = muted;
  }

  /** @internal The start button was left without a click. */
  visitorLeaves(): void {
    this.voice.release();
  }

  /** @internal Updates now instead of soon, so that a property set just before a start counts for that start. */
  protected applyOptions(): void {
    this.requestUpdate();
    this.performUpdate();
  }

  /** Where the call stands; reflected as the attribute `state`. */
  get state(): VoiceState {
    return this.voice.state;
  }

  /** Whether the visitor is speaking. */
  get userSpeaking(): boolean {
    return this.voice.userSpeaking;
  }

  /** Why the call failed, while the state is `failed`. */
  get error(): VoiceError | undefined {
    return this.voice.error;
  }

  /** The entries of this call, or of the last one. */
  get transcript(): readonly TranscriptEntry[] {
    return this.voice.transcript;
  }

  /** Token counts of this call, or of the last one. */
  get usage(): Usage {
    return this.voice.usage;
  }

  /** The service's id of the call, where it tells one. */
  get callId(): string | undefined {
    return this.voice.callId;
  }

  /** Loudness of the visitor as sent, 0…1. */
  get inputLevel(): number {
    return this.voice.inputLevel;
  }

  /** Loudness of the assistant, 0…1; 0 while it is silenced here. */
  get outputLevel(): number {
    return this.voice.outputLevel;
  }

  /** Ends the call at once. */
  stop(): void {
    this.voice.stop();
  }

  /** Stops the assistant's answer. */
  interrupt(): void {
    this.voice.interrupt();
  }

  /** Turns the microphone on inside a running call. */
  enableMicrophone(): Promise<void> {
    return this.voice.enableMicrophone();
  }

  /** Turns the microphone off; the call goes on in text. */
  disableMicrophone(): void {
    this.voice.disableMicrophone();
  }

  /** With push-to-talk: the visitor begins to speak. */
  beginTurn(): void {
    this.voice.beginTurn();
  }

  /** With push-to-talk: the visitor has finished speaking. */
  endTurn(): void {
    this.voice.endTurn();
  }

  /** Sends a client event of the wire protocol as it is. */
  send(event: WireEvent): void {
    this.voice.send(event);
  }
}

declare global {
  // Types listeners on the element, and on everything that its events bubble through.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface GlobalEventHandlersEventMap extends VoiceEventMap {}
}
