import type { PropertyValues, TemplateResult } from 'lit';
import { VoiceError } from '../errors.js';
import { registerLocale } from '../locales/registry.js';
import { VoiceSession } from '../session/voice-session.js';
import { DeclaredTools } from './call/declared-tools.js';
import { KeptConversation } from './call/kept-conversation.js';
import { rejectQuietly } from './call/rejection.js';
import { SessionController } from './call/session-controller.js';
import { Card } from './card/card.js';
import { OptionElement } from './option-element.js';
import { callOptionsOf } from './options.js';
import { elementStyles } from './realtime-voice.styles.js';
import { download, type TranscriptFormat } from './transcript/transcript-export.js';

/**
 * A spoken conversation with a realtime AI model.
 *
 * @slot heading - Replaces the visible heading.
 * @slot visual - Replaces the meter.
 * @slot footer - Content below the controls.
 * @slot consent - The text that the visitor consents to.
 * @slot sign-in - A link to sign in, shown when the site's endpoint answers 401 or 403.
 * @slot launcher-icon - Replaces the mark on the launcher.
 * @slot avatar - Replaces the picture of the assistant.
 * @slot starters - A `<script type="application/json">` with the property `starters`.
 * @slot tools - A `<script type="application/json">` with an array of tools for `voice-tool-call` listeners.
 *
 * @event {VoiceStartEvent} voice-start - A call is about to start, before any prompt; cancelable.
 * @event {VoiceStateChangeEvent} voice-state-change - The state has changed.
 * @event {VoiceTranscriptEvent} voice-transcript - An entry of the transcript has changed.
 * @event {VoiceToolCallEvent} voice-tool-call - The model calls a tool.
 * @event {VoiceUsageEvent} voice-usage - Token counts after a response.
 * @event {VoiceQualityEvent} voice-quality - The quality of the connection has changed.
 * @event {VoiceWarningEvent} voice-warning - Something needs attention; the call goes on.
 * @event {VoiceReconnectEvent} voice-reconnect - A lost connection is restored.
 * @event {VoiceConsentEvent} voice-consent - The visitor has accepted, declined or withdrawn the consent.
 * @event {VoiceHandoverEvent} voice-handover - The visitor asks for a person; the call goes on.
 * @event {VoiceFeedbackEvent} voice-feedback - The visitor rates the call that has ended, or adds a comment.
 * @event {VoiceErrorEvent} voice-error - Something failed; exactly one event per failure.
 * @event {VoiceEndEvent} voice-end - A call has ended.
 * @event {VoiceServerEvent} voice-server-event - A raw event of the wire protocol; does not bubble.
 *
 * @csspart launcher - The button of the floating variant.
 * @csspart nudge - The sentence beside the closed launcher.
 * @csspart nudge-button - The sentence itself: it opens the panel.
 * @csspart nudge-close-button - Closes the sentence.
 * @csspart avatar - The picture of the assistant.
 * @csspart panel - The card.
 * @csspart header - The row with the heading.
 * @csspart heading - The visible heading.
 * @csspart status - The state in words.
 * @csspart meter - The mark that shows both voices.
 * @csspart transcript - The words of the conversation.
 * @csspart entry - One entry of the transcript.
 * @csspart entry-user - An entry of the visitor.
 * @csspart entry-assistant - An entry of the assistant.
 * @csspart entry-latest - The last entry, for captions.
 * @csspart latest-button - Scrolls to the last entry.
 * @csspart notice - A failure, a warning or a question.
 * @csspart controls - The buttons.
 * @csspart start-button - Starts a call, or tries again.
 * @csspart end-button - Ends the call.
 * @csspart mute-button - Mutes the microphone, or turns it on in a call that began without.
 * @csspart talk-button - Held or tapped to speak, with `push-to-talk`.
 * @csspart interrupt-button - Stops the assistant's answer.
 * @csspart menu-button - Opens the menu that copies and downloads the transcript.
 * @csspart menu - The menu.
 * @csspart menu-item - One entry of the menu.
 * @csspart starter - A chip with something to say.
 * @csspart type-button - Starts a call without microphone.
 * @csspart accept-button - Accepts a question.
 * @csspart decline-button - Declines a question.
 * @csspart remedy-button - Does something about a warning.
 * @csspart handover-button - Asks for a person.
 * @csspart rating - The question how the call was, with its two buttons.
 * @csspart rating-button - One of the two buttons.
 * @csspart comment-field - The field for a comment after a rating.
 * @csspart comment-button - Sends the comment.
 * @csspart text-field - The field to type in.
 * @csspart send-button - Sends what was typed.
 * @csspart settings-button - Opens the settings.
 * @csspart settings - The choices of the visitor.
 * @csspart setting - One choice, with its name.
 * @csspart setting-field - The field of a choice.
 *
 * @cssproperty [--realtime-voice-accent] - Colour of the mark and of the primary action.
 * @cssproperty [--realtime-voice-on-accent] - Colour of text on the accent colour.
 * @cssproperty [--realtime-voice-surface] - Background of the card.
 * @cssproperty [--realtime-voice-on-surface] - Colour of text on the card.
 * @cssproperty [--realtime-voice-muted] - Colour of less important text.
 * @cssproperty [--realtime-voice-outline] - Borders of controls.
 * @cssproperty [--realtime-voice-danger] - Colour of the end button and of failures.
 * @cssproperty [--realtime-voice-radius=20px] - Corner radius of the card; that of the controls follows.
 * @cssproperty [--realtime-voice-font=inherit] - Font family.
 * @cssproperty [--realtime-voice-width=360px] - Width of the card.
 * @cssproperty [--realtime-voice-height=540px] - Height of the card, in all states.
 * @cssproperty [--realtime-voice-inset=20px] - Distance of the launcher from the edges of the window.
 * @cssproperty [--realtime-voice-inset-block] - The same, only above and below.
 * @cssproperty [--realtime-voice-inset-inline] - The same, only at the sides.
 * @cssproperty [--realtime-voice-z-index] - `z-index` of the launcher, in browsers without a top layer.
 *
 * @cssstate idle - There is no call.
 * @cssstate connecting - A call is being set up.
 * @cssstate listening - It is the visitor's turn.
 * @cssstate thinking - The answer is on its way.
 * @cssstate speaking - The assistant is audible.
 * @cssstate reconnecting - The connection is being restored.
 * @cssstate failed - The call failed.
 * @cssstate muted - The microphone is muted.
 * @cssstate user-speaking - The visitor is speaking.
 */
export class RealtimeVoiceElement extends OptionElement {
  static override styles = elementStyles;
  /** Adds a language, or changes sentences of one, on a page without modules. */
  static readonly registerLocale: typeof registerLocale = registerLocale;

  readonly #card = new Card(this);
  readonly #declaredTools = new DeclaredTools(this);
  readonly #kept = new KeptConversation(this, this.voice, (version) => this.#card.consent.isGiven(version));
  readonly #controller = new SessionController(this, this.voice, this.#card);

  constructor(session = new VoiceSession()) {
    super(session);
  }

  /** The session while a call runs. */
  get session(): VoiceSession | undefined {
    return this.#controller.running ? this.voice : undefined;
  }

  /**
   * Starts a call; resolves when it is ready. While a call is starting, the same promise is returned. Rejects with a
   * `VoiceError`, or with an `AbortError` when the page or the visitor cancels or stops the start.
   */
  start(options: { microphone?: boolean } = {}): Promise<void> {
    const begin = () => this.#begin(() => this.voice.start(options));
    return this.#card.consent.startOnce(begin, this.state === 'connecting');
  }

  /** Ends the call at once. A question for the visitor's consent is taken back. */
  override stop(): void {
    this.#card.consent.cancel();
    super.stop();
  }

  /** Fetches the client secret and prepares the offer ahead; with `preconnect`, makes the whole call ready. */
  warm(): void {
    if (this.#mayCall()) this.voice.warm();
  }

  /** @internal The start button goes down: the click will use the call that begins now. */
  visitorPresses(): void {
    if (this.#mayCall()) this.voice.press();
  }

  /** Sends typed words; without a call, one is started without microphone first. */
  sendText(text: string): Promise<void> {
    return this.#begin(() => this.voice.sendText(text));
  }

  /** Takes the visitor's consent back: a running call ends, its words are forgotten, and the next start asks again. */
  withdrawConsent(): void {
    this.stop();
    this.#card.consent.withdraw();
    this.forget();
  }

  /** Deletes the conversation that `persist` keeps. */
  forget(): void {
    this.#kept.forget();
    this.#card.forget();
  }

  /** Asks for a person, as the visitor does by the button of `handover-label`: dispatches `voice-handover`. */
  handOver(): void {
    this.#card.handover.handOver();
  }

  /** The transcript as plain text in the element's language, or as JSON with every field. */
  exportTranscript(format: TranscriptFormat = 'text'): string {
    return this.#card.exportTranscript(format);
  }

  /** Copies the transcript; call it in a click. Rejects where the browser refuses, and on plain http. */
  async copyTranscript(format?: TranscriptFormat): Promise<void> {
    await navigator.clipboard.writeText(this.exportTranscript(format));
  }

  /** Downloads the transcript as `transcript.txt` or `transcript.json`. */
  downloadTranscript(format: TranscriptFormat = 'text'): void {
    download(this.exportTranscript(format), format);
  }

  /** Turns the properties, the visitor's choices and the declared tools into one options object for the session. */
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.disabled || !this.consent) this.#card.consent.cancel();
    // What was made ahead ends, too. The message of a failed call stays.
    const wasEnabled = changed.get('disabled') === false && this.state !== 'failed';
    if (this.disabled && (this.session || wasEnabled)) this.stop();
    this.#controller.configure({
      ...callOptionsOf(this, this.#card.settings.choices),
      ...this.#declaredTools.addTo(this.tools),
      initialTranscript: this.#kept.transcript,
      confirmTool: this.#card.notices.confirmTool,
      showSuggestions: this.#card.starters.suggest,
      showNode: this.#card.shown.show,
    });
  }

  protected override render(): TemplateResult {
    return this.#card.render();
  }

  /** Whether a start would need neither the page nor the visitor's consent. */
  #mayCall(): boolean {
    this.applyOptions();
    return !this.disabled && (!this.consent || this.#card.consent.isGiven(this.consent));
  }

  /** The page may disable the element while the visitor is asked. */
  #unlessDisabled(act: () => Promise<void>): Promise<void> {
    this.applyOptions();
    if (this.disabled) return rejectQuietly(new VoiceError('configuration', 'The element is disabled.'));
    return act();
  }

  /** Begins a call when the element is enabled and the visitor consents. */
  #begin(act: () => Promise<void>): Promise<void> {
    return this.#unlessDisabled(() => this.#card.beforeCall(() => this.#unlessDisabled(act)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'realtime-voice': RealtimeVoiceElement;
  }
}
