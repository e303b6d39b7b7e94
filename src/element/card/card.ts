import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { VoiceEndEvent, VoiceQualityEvent } from '../../session/events.js';
import { Announcements } from '../announcements/announcements.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import { KeyGuard } from '../controls/key-guard.js';
import { TalkButton } from '../controls/talk-button.js';
import { Avatar } from '../dock/avatar.js';
import { Dock } from '../dock/dock.js';
import { FocusKeeper } from '../dock/focus-keeper.js';
import { Handover } from '../ending/handover.js';
import { CallRating } from '../ending/rating.js';
import { LocaleController } from '../locale-controller.js';
import { LevelMeter } from '../meter/level-meter.js';
import { mark } from '../meter/mark.js';
import { Consent } from '../notices/consent.js';
import { failureAdvice, renderFix, shownCode } from '../notices/failure-advice.js';
import { NoticeArea } from '../notices/notice-area.js';
import { SettingsPanel } from '../settings/settings-panel.js';
import { Starters } from '../starters/starters.js';
import { ShownNodes } from '../transcript/shown-nodes.js';
import { exportTranscript, type TranscriptFormat } from '../transcript/transcript-export.js';
import { TranscriptMenu } from '../transcript/transcript-menu.js';
import { TranscriptView } from '../transcript/transcript-view.js';
import { CallControls } from './call-controls.js';
import { CallMemory } from './call-memory.js';
import type { CardHost } from './card-host.js';
import { Stage } from './stage.js';
import { interruptState, microphoneStatus, statusHint, statusWord, type StatusFacts } from './status.js';

/** Everything that the visitor sees: the parts of the card, and which of them are shown. */
export class Card implements ReactiveController, SessionObserver {
  readonly consent: Consent;
  readonly notices: NoticeArea;
  readonly settings: SettingsPanel;
  readonly starters: Starters;
  readonly shown: ShownNodes;
  readonly handover: Handover;
  readonly #host: CardHost;
  readonly #locale: LocaleController;
  readonly #avatar: Avatar;
  readonly #dock: Dock;
  readonly #stage: Stage;
  readonly #meter: LevelMeter;
  readonly #transcript: TranscriptView;
  readonly #menu: TranscriptMenu;
  readonly #talkButton: TalkButton;
  readonly #controls: CallControls;
  readonly #rating: CallRating;
  readonly #memory = new CallMemory();
  readonly #announcements: Announcements;
  #unanswered: readonly unknown[] = [];

  /** The order of the parts is the order in which they are told of an update. */
  constructor(host: CardHost) {
    this.#host = host;
    const focus = new FocusKeeper(host);
    this.consent = new Consent(host);
    this.notices = new NoticeArea(host, this.consent);
    this.settings = new SettingsPanel(host);
    this.starters = new Starters(host, (text) => this.#controls.keep(text));
    this.#locale = new LocaleController(host, () => this.settings.choices.language);
    this.#stage = new Stage(host);
    this.#meter = new LevelMeter(host);
    this.shown = new ShownNodes(host);
    this.#transcript = new TranscriptView(host, this.shown);
    this.#menu = new TranscriptMenu(host);
    this.#talkButton = new TalkButton(host);
    this.handover = new Handover(host);
    this.#rating = new CallRating(host);
    const [memory, talkButton, handover, rating] = [this.#memory, this.#talkButton, this.handover, this.#rating];
    this.#controls = new CallControls(host, { memory, talkButton, handover, rating });
    this.#avatar = new Avatar(host);
    this.#dock = new Dock(host, focus, this.#avatar);
    this.#announcements = new Announcements(host);
    new KeyGuard(host);
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('storage', this.#storageChanged);
  }

  hostDisconnected(): void {
    window.removeEventListener('storage', this.#storageChanged);
  }

  sessionEvent(event: SessionEvent): void {
    const parts = [this.#memory, this.notices, this.settings, this.starters, this.#rating, this.shown];
    for (const part of parts) part.sessionEvent(event);
    if (event instanceof VoiceEndEvent) this.#talkButton.end();
    // The session announces its quality by this event only, without a `change`.
    if (event instanceof VoiceQualityEvent) this.#host.requestUpdate();
  }

  sessionChanged(): void {
    const { session } = this.#host;
    if (session) this.#memory.kind = session.kind;
    this.notices.sessionChanged();
    this.starters.sessionChanged();
    this.handover.callChanged();
    this.shown.sessionChanged();
    this.#transcript.update();
  }

  /** What the visitor has to answer opens the panel, once: a panel that the visitor closes then stays closed. */
  hostUpdate(): void {
    const host = this.#host;
    this.#meter.ended = this.#memory.ended !== undefined;
    const unanswered = [...(host.state === 'failed' ? ['failure'] : []), ...this.notices.unanswered];
    const isNew = unanswered.some((key) => !this.#unanswered.includes(key));
    if (isNew && host.variant === 'floating') host.visitorOpens(true);
    this.#unanswered = unanswered;
  }

  hostUpdated(): void {
    const { current } = this.#locale;
    const { state, error, session, muted } = this.#host;
    const facts = this.#statusFacts();
    const hint = this.#memory.ended || session ? statusHint(facts, current) : undefined;
    const advice = error ? failureAdvice(error, current.strings) : hint;
    const [microphone, word] = [session?.microphone, statusWord(facts, current)];
    const { strings } = current;
    const extra = [this.starters, this.#menu, this.#rating, this.shown].flatMap((part) => part.spoken(strings));
    const notices = [...this.notices.spoken(current), ...extra, ...this.#dock.spoken];
    this.#announcements.update({ state, microphone, muted, word, advice, notices }, strings);
  }

  /** Asks for the visitor's consent where the page wants it, and then lets the stored choices apply. */
  beforeCall(start: () => Promise<void>): Promise<void> {
    const { consent: version, session } = this.#host;
    if (version && !session && !this.consent.isGiven(version)) {
      // The page may demand another version while the visitor reads this one.
      return this.consent.before(version, () => this.beforeCall(start));
    }
    this.settings.applyStored();
    return start();
  }

  /** As before the first call; a running one goes on. */
  forget(): void {
    this.shown.clear();
    if (this.#host.session) return;
    this.#memory.forget();
    this.#rating.forget();
  }

  /** The transcript in the element's language; a dictation has no names in it. */
  exportTranscript(format: TranscriptFormat): string {
    const withSpeakers = this.#memory.kind === 'conversation';
    return exportTranscript(this.#host.transcript, { format, strings: this.#locale.current.strings, withSpeakers });
  }

  render(): TemplateResult {
    return html`${this.#renderVariant()}${this.#announcements.render(this.#locale.current.code)}`;
  }

  #renderVariant(): TemplateResult {
    if (this.#host.variant !== 'floating') return this.#renderPanel();
    const { strings } = this.#locale.current;
    return this.#dock.render({
      renderPanel: () => this.#renderPanel(),
      mark,
      label: this.#host.label || strings.label,
      strings,
      word: statusWord(this.#statusFacts(), this.#locale.current),
    });
  }

  /** The visitor has chosen something in another element or tab. A consent that is taken back ends the call too. */
  readonly #storageChanged = (event: StorageEvent): void => {
    const { state, consent } = this.#host;
    this.consent.storageChanged();
    const isAllowed = state !== 'failed' && !this.consent.asking;
    if (isAllowed && consent && this.consent.isWithdrawnBy(event)) this.#host.stop();
    this.#host.requestUpdate();
  };

  #renderPanel(): TemplateResult {
    const { strings, code } = this.#locale.current;
    const compact = this.#host.variant === 'compact';
    const fix = this.#host.error && renderFix(this.#host.error, strings);
    return html`<section
      class="card ${compact ? 'pill' : ''} ${this.settings.captionSize}"
      part="panel"
      lang=${code}
      dir=${this.#locale.dir ?? nothing}
      aria-labelledby="heading"
      data-kind=${this.#memory.kind}
      @keydown=${this.settings.keyDown}
    >
      ${this.#renderHeader(compact)}
      <div class="middle">
        ${this.settings.render(this.#locale.current)}
        <div class="scene" @focusin=${this.settings.close}>
          ${this.#renderStage(compact ? undefined : fix)} ${this.#renderTranscript()} ${this.starters.render(strings)}
        </div>
        ${this.notices.render(this.#locale.current, compact ? fix : undefined)}
      </div>
      <div class="keep" ?inert=${this.consent.asking}>${this.#controls.render(strings)}</div>
      <div class="footer"><slot name="footer"></slot></div>
      ${this.#controls.renderIsAi(strings)}
    </section>`;
  }

  #renderHeader(compact: boolean): TemplateResult {
    const { strings } = this.#locale.current;
    return html`<div class="header ${compact ? 'unseen' : ''}" part="header">
      ${compact ? nothing : this.#avatar.render()}
      <div class="heading" part="heading" id="heading">
        <slot name="heading">${this.#host.label || strings.label}</slot>
      </div>
      ${this.#showsTranscript ? this.#menu.render(strings) : nothing}
      ${compact ? nothing : this.settings.renderButton(strings)}
    </div>`;
  }

  #renderStage(fix: TemplateResult | undefined): TemplateResult {
    const { current } = this.#locale;
    const { strings } = current;
    const facts = this.#statusFacts();
    const hint = this.#talkButton.hint(strings) ?? statusHint(facts, current);
    const microphone = microphoneStatus(facts, current);
    const interrupt = interruptState(facts, this.#memory.kind);
    const [meter, word] = [this.#meter.render(strings), statusWord(facts, current)];
    const { greeting } = this.starters;
    const view = { meter, word, hint: this.#controls.withIsAi(hint, strings), greeting, fix, microphone, interrupt };
    return this.#stage.render(view, strings);
  }

  #statusFacts(): StatusFacts {
    const { state, error, session, muted, pushToTalk } = this.#host;
    const { ended, weakConnection } = this.#memory;
    const { talking } = this.#talkButton;
    const { microphone } = session ?? {};
    return { state, failure: error && shownCode(error), microphone, muted, pushToTalk, talking, ended, weakConnection };
  }

  get #showsTranscript(): boolean {
    const { noTranscript, variant } = this.#host;
    const { captions = true } = this.settings.choices;
    return !noTranscript && captions && variant !== 'compact';
  }

  #renderTranscript(): TemplateResult | typeof nothing {
    const { current, lang } = this.#locale;
    if (!this.#showsTranscript && !this.shown.isNeeded) return nothing;
    return this.#transcript.render(current, lang, this.#showsTranscript);
  }
}
