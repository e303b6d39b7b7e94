import type { TemplateResult } from 'lit/html.js';
import { VoiceError } from '../errors.js';
import { registerLocale } from '../locales/registry.js';
import type { VoiceSessionOptions } from '../session/index.js';
import { VoiceSession } from '../session/voice-session.js';
import { Card } from './card/card.js';
import './page-types.js';
import { elementStyles } from './realtime-voice.styles.js';
import { DeclaredTools } from './call/declared-tools.js';
import type { Placement } from './dock/dock.js';
import { SessionController, type SessionEvent, type SessionHost } from './call/session-controller.js';
import { SessionMirror } from './call/session-mirror.js';
import { reflectState } from './call/state-reflection.js';
import { download, type TranscriptFormat } from './transcript/transcript-export.js';

/**
 * A spoken conversation with a realtime AI model.
 *
 * @slot heading - Replaces the visible heading.
 * @slot visual - Replaces the meter.
 * @slot footer - Below the controls.
 * @slot consent - The text that the visitor consents to.
 * @slot launcher-icon - Replaces the mark on the launcher.
 * @slot tools - A `<script type="application/json">` with an array of tools for `voice-tool-call` listeners.
 *
 * @event {VoiceStartEvent} voice-start - Before any request or prompt; cancelable.
 * @event {VoiceStateChangeEvent} voice-state-change - The state has changed.
 * @event {VoiceTranscriptEvent} voice-transcript - An entry of the transcript has changed.
 * @event {VoiceToolCallEvent} voice-tool-call - The model calls a tool.
 * @event {VoiceUsageEvent} voice-usage - Token counts after a response.
 * @event {VoiceQualityEvent} voice-quality - The connection's quality has changed.
 * @event {VoiceWarningEvent} voice-warning - Something needs attention; the call goes on.
 * @event {VoiceReconnectEvent} voice-reconnect - After a successful reconnect.
 * @event {VoiceConsentEvent} voice-consent - The visitor has consented, declined, or taken it back.
 * @event {VoiceErrorEvent} voice-error - Exactly one for each failure.
 * @event {VoiceEndEvent} voice-end - A call is over.
 * @event {VoiceServerEvent} voice-server-event - The raw wire event; does not bubble.
 *
 * @csspart launcher - The button of the floating variant.
 * @csspart panel - The card.
 * @csspart header - The row of the heading.
 * @csspart heading - The visible heading.
 * @csspart status - The state in words.
 * @csspart meter - The mark that shows both voices.
 * @csspart transcript - The words of the conversation.
 * @csspart entry - One utterance.
 * @csspart entry-user - An utterance of the visitor.
 * @csspart entry-assistant - An utterance of the assistant.
 * @csspart notice - A failure, a warning or a question.
 * @csspart controls - The buttons.
 * @csspart start-button - Starts a call, or tries again.
 * @csspart end-button - Ends the call.
 * @csspart mute-button - Mutes the microphone, or turns it on in a call that began without.
 * @csspart talk-button - Held to speak with `push-to-talk`.
 * @csspart interrupt-button - Stops the assistant's answer.
 * @csspart text-field - The field to type in.
 * @csspart send-button - Sends what was typed.
 * @csspart settings-button - Opens the settings.
 * @csspart settings - The choices of the visitor.
 *
 * @cssproperty [--realtime-voice-accent] - Colour of the mark and the primary action.
 * @cssproperty [--realtime-voice-on-accent] - Text on the accent colour.
 * @cssproperty [--realtime-voice-surface] - Background of the card.
 * @cssproperty [--realtime-voice-on-surface] - Text on the card.
 * @cssproperty [--realtime-voice-muted] - Quiet text.
 * @cssproperty [--realtime-voice-outline] - Borders of controls.
 * @cssproperty [--realtime-voice-danger] - Colour of End and of failures.
 * @cssproperty [--realtime-voice-radius=20px] - Corners of the card; those of the controls follow.
 * @cssproperty [--realtime-voice-font=inherit] - Font family.
 * @cssproperty [--realtime-voice-width=360px] - Width of the card.
 * @cssproperty [--realtime-voice-height=auto] - Height of the card.
 * @cssproperty [--realtime-voice-inset=20px] - Distance of the launcher from the edges of the window.
 * @cssproperty [--realtime-voice-z-index] - Of the launcher, in browsers without a top layer.
 *
 * @cssstate idle - No call.
 * @cssstate connecting - A call is being set up.
 * @cssstate listening - The visitor's turn.
 * @cssstate thinking - The answer is on its way.
 * @cssstate speaking - The assistant is audible.
 * @cssstate reconnecting - The connection is being restored.
 * @cssstate failed - The call failed.
 * @cssstate muted - The microphone is muted.
 * @cssstate user-speaking - The visitor is speaking.
 */
export class RealtimeVoiceElement extends SessionMirror implements SessionHost {
  /** Adds a language, or changes words of one, where the page has no modules. */
  static readonly registerLocale = registerLocale;
  static override styles = elementStyles;
  static override properties = {
    ...SessionMirror.properties,
    label: String,
    disabled: Boolean,
    noTranscript: Boolean,
    noTextInput: Boolean,
    muted: Boolean,
    variant: String,
    placement: String,
    open: Boolean,
    consent: String,
  };

  /** Visible heading and accessible name. */
  label: string | undefined;
  /** Cannot be started; stops a running call. */
  disabled = false;
  /** Hide the transcript; its events still come. */
  noTranscript = false;
  /** Hide the text field. */
  noTextInput = false;
  /** A card, one pill, or a launcher at the edge of the window with a panel. */
  variant: 'inline' | 'compact' | 'floating' = 'inline';
  /** The corner of a `floating` one; start and end follow the direction of the text. */
  placement: Placement = 'bottom-end';
  /** The panel of a `floating` one is shown. */
  open = false;
  /** Version of the consent text; when there is one, the visitor must accept it before anything starts. */
  consent: string | undefined;

  #muted = false;
  readonly #card = new Card(this);
  readonly #declared = new DeclaredTools(this);
  readonly #controller = new SessionController(this);
  protected readonly voice = this.#controller.session;
  readonly #internals: ElementInternals | undefined = this.attachInternals?.();

  /** The microphone sends silence. */
  get muted(): boolean {
    return this.#muted;
  }
  set muted(muted: boolean) {
    this.#muted = muted;
    this.requestUpdate();
    if (this.voice.muted !== muted) this.voice.muted = muted;
  }

  /** The session while a call runs. */
  get session(): VoiceSession | undefined {
    return this.#controller.running ? this.voice : undefined;
  }

  /** Starts a call; resolves when it is ready. While a call is starting, the same promise is returned. */
  start(options: { microphone?: boolean } = {}): Promise<void> {
    return this.#begin(() => this.#controller.configured().start(options));
  }

  /** Fetches the secret and prepares the offer ahead, when a start is likely. */
  warm(): void {
    if (this.disabled || (this.consent && !this.#card.consent.given(this.consent))) return;
    this.#controller.configured().warm();
  }

  /** Sends typed words; without a call, one is started without microphone. */
  sendText(text: string): Promise<void> {
    return this.#begin(() => this.#controller.configured().sendText(text));
  }

  /** Takes the visitor's consent back: the next start asks again. A running call ends. */
  withdrawConsent(): void {
    this.stop();
    this.#card.consent.withdraw();
  }

  /** The words as plain text in the element's language, or as JSON with every field. */
  exportTranscript(format: TranscriptFormat = 'text'): string {
    return this.#card.exportTranscript(format);
  }

  /** Puts the words in the clipboard; call it in a click. Rejects where the browser refuses. */
  copyTranscript(format?: TranscriptFormat): Promise<void> {
    return navigator.clipboard.writeText(this.exportTranscript(format));
  }

  /** Hands the words over as a file, `transcript.txt` or `transcript.json`. */
  downloadTranscript(format: TranscriptFormat = 'text'): void {
    download(this.exportTranscript(format), format);
  }

  /** @internal A seam for a session of another make. */
  createSession(options: VoiceSessionOptions): VoiceSession {
    return new VoiceSession(options);
  }

  /** @internal */
  sessionOptions(): VoiceSessionOptions {
    const { inputDeviceId, outputDeviceId, volume } = this.#card.settings.choices;
    const options = this.callOptions;
    return {
      ...options,
      inputDeviceId: options.inputDeviceId ?? (inputDeviceId || undefined),
      outputDeviceId: options.outputDeviceId ?? (outputDeviceId || undefined),
      volume,
      ...this.#declared.with(this.tools),
      muted: this.#muted,
      confirmTool: this.#card.notices.confirm,
    };
  }

  /** @internal */
  sessionEvent(event: SessionEvent): void {
    reflectState(this, this.#internals);
    this.#card.hear(event);
  }

  /** @internal */
  sessionChanged(): void {
    const { muted } = this.voice;
    if (muted !== this.#muted) this.muted = muted;
    this.#card.callChanged();
    reflectState(this, this.#internals);
    this.requestUpdate();
  }

  /** Defined so that `moveBefore()` moves the element without taking it out of the document. */
  connectedMoveCallback(): void {}

  protected override render(): TemplateResult {
    reflectState(this, this.#internals);
    return this.#card.render();
  }

  #begin(act: () => Promise<void>): Promise<void> {
    if (this.disabled) {
      const refusal = Promise.reject(new VoiceError('configuration', 'The element is disabled.'));
      // As with a start that fails, nobody has to handle it.
      refusal.catch(() => {});
      return refusal;
    }
    const begin = (): Promise<void> => {
      this.#card.settings.use();
      return act();
    };
    return this.consent && !this.session ? this.#card.consent.before(this.consent, begin) : begin();
  }
}
