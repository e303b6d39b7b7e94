import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { VoiceErrorCode } from '../../errors.js';
import { VoiceEndEvent } from '../../session/events.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import { renderCall, renderStart } from '../controls/controls.js';
import { TalkButton } from '../controls/talk-button.js';
import { TextComposer } from '../controls/text-composer.js';
import { Dock } from '../dock/dock.js';
import { FocusKeeper } from '../dock/focus-keeper.js';
import { LocaleController } from '../locale-controller.js';
import { LevelMeter } from '../meter/level-meter.js';
import { mark } from '../meter/mark.js';
import { Consent } from '../notices/consent.js';
import { NoticeArea } from '../notices/notice-area.js';
import { SettingsPanel } from '../settings/settings-panel.js';
import { exportTranscript, TranscriptExport, type TranscriptFormat } from '../transcript/transcript-export.js';
import { TranscriptView } from '../transcript/transcript-view.js';
import { CallMemory } from './call-memory.js';
import type { CardHost } from './card-host.js';
import { Stage } from './stage.js';
import { statusHint, statusWord, type StatusFacts } from './status.js';

/** Failures that nothing on this page can change: a button would only fail again. */
const HOPELESS: ReadonlySet<VoiceErrorCode> = new Set(['unsupported', 'insecure-context']);

/** Everything that the visitor sees: the parts of the card, and which of them are shown. */
export class Card implements ReactiveController, SessionObserver {
  readonly consent: Consent;
  readonly notices: NoticeArea;
  readonly settings: SettingsPanel;
  readonly #host: CardHost;
  readonly #locale: LocaleController;
  readonly #focus: FocusKeeper;
  readonly #dock: Dock;
  readonly #stage: Stage;
  readonly #meter: LevelMeter;
  readonly #transcript: TranscriptView;
  readonly #export: TranscriptExport;
  readonly #composer: TextComposer;
  readonly #talkButton: TalkButton;
  readonly #memory = new CallMemory();
  #wasUrgent = false;

  /** The order of the parts is the order in which they are told of an update. */
  constructor(host: CardHost) {
    this.#host = host;
    this.#focus = new FocusKeeper(host);
    this.notices = new NoticeArea(host);
    this.consent = new Consent(host);
    this.settings = new SettingsPanel(host);
    this.#locale = new LocaleController(host);
    this.#stage = new Stage(host);
    this.#meter = new LevelMeter(host);
    this.#transcript = new TranscriptView(host);
    this.#export = new TranscriptExport(host);
    this.#composer = new TextComposer(host);
    this.#talkButton = new TalkButton(host);
    this.#dock = new Dock(host, this.#focus);
    host.addController(this);
  }

  sessionEvent(event: SessionEvent): void {
    this.#memory.sessionEvent(event);
    this.notices.sessionEvent(event);
    if (event instanceof VoiceEndEvent) this.#talkButton.end();
  }

  sessionChanged(): void {
    const { session } = this.#host;
    if (session) this.#memory.kind = session.kind;
    this.notices.sessionChanged();
    this.#transcript.update();
  }

  /** What the visitor has to answer, or to know now, does not wait behind a closed launcher. */
  hostUpdate(): void {
    const host = this.#host;
    const urgent = host.state === 'failed' || this.consent.asking || this.notices.urgent;
    if (urgent && !this.#wasUrgent && host.variant === 'floating') host.open = true;
    this.#wasUrgent = urgent;
  }

  /** Asks for the visitor's consent where the page wants it, and then lets the stored choices apply. */
  beforeCall(start: () => Promise<void>): Promise<void> {
    const { consent: version, session } = this.#host;
    const proceed = (): Promise<void> => {
      this.settings.applyStored();
      return start();
    };
    return version && !session ? this.consent.before(version, proceed) : proceed();
  }

  /** The transcript in the element's language; a dictation has no names in it. */
  exportTranscript(format: TranscriptFormat): string {
    const withSpeakers = this.#memory.kind === 'conversation';
    return exportTranscript(this.#host.transcript, { format, strings: this.#locale.current.strings, withSpeakers });
  }

  render(): TemplateResult {
    if (this.#host.variant !== 'floating') return this.#renderPanel();
    const { strings } = this.#locale.current;
    return this.#dock.render({
      renderPanel: () => this.#renderPanel(),
      mark,
      label: this.#host.label || strings.label,
      closeLabel: strings.close,
      word: statusWord(this.#statusFacts(), this.#locale.current),
    });
  }

  #renderPanel(): TemplateResult {
    const { strings, code } = this.#locale.current;
    const compact = this.#host.variant === 'compact';
    const large = this.settings.choices.largeCaptions === true;
    return html`<section
      class="card ${compact ? 'pill' : ''} ${large ? 'large' : ''}"
      part="panel"
      lang=${code}
      aria-labelledby="heading"
      data-kind=${this.#memory.kind}
    >
      ${this.#renderHeader(compact)} ${this.settings.render(strings)} ${this.#renderStage()}
      ${compact ? nothing : this.#renderTranscript()}
      ${this.notices.render(this.#locale.current, this.#host.error?.code)} ${this.#renderControls(compact)}
      <slot name="footer"></slot>
    </section>`;
  }

  #renderHeader(compact: boolean): TemplateResult {
    const { label, session } = this.#host;
    const { strings } = this.#locale.current;
    return html`<div class="header ${compact ? 'unseen' : ''}" part="header">
      <div class="heading" part="heading" id="heading">
        <slot name="heading">${label || strings.label}</slot>
      </div>
      ${session?.microphone === 'on' ? this.#renderMicrophoneState() : nothing}
      ${compact ? nothing : this.settings.renderButton(strings)}
    </div>`;
  }

  #renderMicrophoneState(): TemplateResult {
    const { microphoneMuted, microphoneOn } = this.#locale.current.strings;
    return html`<span class="microphone">${this.#host.muted ? microphoneMuted : microphoneOn}</span>`;
  }

  #renderStage(): TemplateResult {
    const { current } = this.#locale;
    const { state, disabled } = this.#host;
    const facts = this.#statusFacts();
    // A consent text says the same in its own words.
    const needsHint = !disabled && !this.consent.asking;
    const view = {
      meter: this.#meter.render(current.strings),
      word: statusWord(facts, current),
      hint: this.#talkButton.hint(current.strings) ?? (needsHint ? statusHint(facts, current) : undefined),
      interruptible: state === 'speaking' && this.#memory.kind === 'conversation',
    };
    return this.#stage.render(view, current.strings);
  }

  #statusFacts(): StatusFacts {
    const { state, error, session, muted, pushToTalk } = this.#host;
    const { ended, weakConnection } = this.#memory;
    const { talking } = this.#talkButton;
    const { microphone } = session ?? {};
    return { state, failure: error?.code, microphone, muted, pushToTalk, talking, ended, weakConnection };
  }

  #renderTranscript(): TemplateResult | typeof nothing {
    const { noTranscript, transcript } = this.#host;
    const { captions = true } = this.settings.choices;
    if (noTranscript || !captions) return nothing;
    const { strings } = this.#locale.current;
    return html`${this.#transcript.render(strings, this.#locale.lang)}
    ${transcript.length > 0 ? this.#export.render(strings) : nothing}`;
  }

  /** The text field has a place of its own, so that it keeps its focus and its words when a call starts or ends. */
  #renderControls(compact: boolean): TemplateResult {
    const { session } = this.#host;
    const { strings } = this.#locale.current;
    const asking = this.consent.asking;
    const startControls = session || asking ? nothing : this.#renderStart(compact);
    const callControls = session ? this.#renderCall() : nothing;
    return html`${asking ? this.consent.render(strings) : nothing}${startControls}
    ${this.#showsComposer(compact) ? this.#composer.render(strings) : nothing}${callControls}`;
  }

  #renderStart(compact: boolean): TemplateResult | typeof nothing {
    const { error, disabled } = this.#host;
    const canTypeInstead = lacksMicrophone(error?.code) && this.#canType(compact);
    const label = isHopeless(error?.code) ? undefined : this.#startLabel(error?.code);
    const view = { label, canTypeInstead, disabled, start: this.#start, warm: this.#warm };
    return renderStart(view, this.#locale.current.strings);
  }

  #renderCall(): TemplateResult {
    const talkButton = this.#host.pushToTalk ? this.#talkButton : undefined;
    return renderCall(this.#host, talkButton, this.#locale.current.strings);
  }

  #canType(compact: boolean): boolean {
    return !compact && !this.#host.noTextInput && this.#memory.kind === 'conversation';
  }

  #showsComposer(compact: boolean): boolean {
    const { error, disabled } = this.#host;
    const typingCannotHelp = lacksMicrophone(error?.code) || isHopeless(error?.code);
    return this.#canType(compact) && !typingCannotHelp && !disabled && !this.consent.asking;
  }

  #startLabel(failure: VoiceErrorCode | undefined): string {
    const { strings } = this.#locale.current;
    if (failure) return strings.tryAgain;
    return this.#memory.ended ? strings.startAgain : strings.start;
  }

  readonly #start = (options?: { microphone: boolean }): void => {
    // The card shows a failure and `voice-error` reports it; nobody waits for this promise.
    this.#host.start(options).catch(() => {});
    if (options?.microphone === false) void this.#host.updateComplete.then(() => this.#composer.focus());
  };

  readonly #warm = (): void => {
    // After a call the start button appears under a pointer that rests, or gets the focus by itself: no wish to call.
    const approached = this.#host.state === 'idle' && !this.#memory.ended && !this.#focus.restoring;
    if (approached) this.#host.warm();
  };
}

function isHopeless(failure: VoiceErrorCode | undefined): boolean {
  return failure !== undefined && HOPELESS.has(failure);
}

/** Whether the call failed for want of a microphone: then a call without one is offered. */
function lacksMicrophone(failure: VoiceErrorCode | undefined): boolean {
  return failure?.startsWith('microphone-') ?? false;
}
