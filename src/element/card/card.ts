import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { VoiceErrorCode } from '../../errors.js';
import {
  type EndDetail,
  VoiceEndEvent,
  VoiceErrorEvent,
  VoiceQualityEvent,
  VoiceStartEvent,
  type VoiceWarningCode,
  VoiceWarningEvent,
} from '../../session/events.js';
import type { SessionKind } from '../../session/index.js';
import { button } from '../controls/button.js';
import { Consent } from '../notices/consent.js';
import { renderCall, renderStart, type StartActions } from '../controls/controls.js';
import { Dock } from '../dock/dock.js';
import { FocusKeeper } from '../dock/focus-keeper.js';
import { stopIcon } from '../controls/icons.js';
import { LevelMeter, mark } from '../meter/level-meter.js';
import { LocaleController } from '../locale-controller.js';
import { NoticeArea } from '../notices/notice-area.js';
import type { RealtimeVoiceElement } from '../realtime-voice.js';
import type { SessionEvent } from '../call/session-controller.js';
import { Settings } from '../settings/settings-panel.js';
import { type StatusContext, statusHint, statusWord } from './status.js';
import { TalkButton } from '../controls/talk-button.js';
import { TextComposer } from '../controls/text-composer.js';
import { TranscriptExport, exportTranscript, type TranscriptFormat } from '../transcript/transcript-export.js';
import { TranscriptLog } from '../transcript/transcript-view.js';

/** Warnings that are over as soon as somebody is heard. */
const SILENCE_WARNINGS: VoiceWarningCode[] = ['idle', 'microphone-silent', 'microphone-interrupted'];

/** Failures that nothing on this page can change: a button would only fail again. */
const HOPELESS: ReadonlySet<VoiceErrorCode> = new Set(['unsupported', 'insecure-context']);

/** The element's face, four storeys: heading, mark and state, words, controls. */
export class Card implements StartActions, StatusContext {
  readonly host: RealtimeVoiceElement;
  readonly notices: NoticeArea;
  readonly consent: Consent;
  readonly settings: Settings;
  readonly locale: LocaleController;
  readonly #meter: LevelMeter;
  readonly #log: TranscriptLog;
  readonly #export: TranscriptExport;
  readonly #composer: TextComposer;
  readonly talk: TalkButton;
  readonly #focus: FocusKeeper;
  readonly #dock: Dock;
  ended: EndDetail | undefined;
  #kind: SessionKind = 'conversation';
  weak = false;
  #pressing = false;
  #betweenTurns = false;
  #drawnState = 'idle';

  constructor(host: RealtimeVoiceElement) {
    this.host = host;
    this.#focus = new FocusKeeper(host);
    this.notices = new NoticeArea(host);
    this.consent = new Consent(host);
    this.settings = new Settings(host);
    this.locale = new LocaleController(host);
    this.#meter = new LevelMeter(host, () => this.locale.strings);
    this.#log = new TranscriptLog(host);
    this.#export = new TranscriptExport(host);
    this.#composer = new TextComposer(host);
    this.talk = new TalkButton(host);
    this.#dock = new Dock(host, this.#focus);
    host.addController({ hostUpdate: () => this.#note() });
  }

  /** What the session tells, before the page hears of it. */
  hear(event: SessionEvent): void {
    if (event instanceof VoiceStartEvent) this.#callStarts();
    else if (event instanceof VoiceEndEvent) this.#callEnds(event.detail);
    else if (event instanceof VoiceQualityEvent) {
      this.weak = event.detail.quality === 'poor';
      this.host.requestUpdate();
    } else if (event instanceof VoiceWarningEvent) this.notices.warn(event.detail);
    else if (event instanceof VoiceErrorEvent && this.host.session) this.notices.excuse(event.detail.error.code);
  }

  /** Takes back the warnings that no longer hold. */
  callChanged(): void {
    const { userSpeaking, state, muted, session } = this.host;
    if (session) this.#kind = session.kind;
    if (session?.microphone === 'on') this.notices.forgive();
    const busy = userSpeaking || state === 'thinking' || state === 'speaking' || session?.runningTools.length;
    if (busy) this.notices.clear(...SILENCE_WARNINGS);
    if (!muted) this.notices.clear('muted-speech');
  }

  begin(options?: { microphone: boolean }): void {
    // A failure is shown by the card and told by `voice-error`; nobody waits for this promise.
    this.host.start(options).catch(() => {});
    if (options?.microphone === false) void this.host.updateComplete.then(() => this.#composer.focus());
  }

  warm(): void {
    // A button that appears under a resting pointer after a call is approached by nobody.
    const approached = this.host.state === 'idle' && !this.ended && !this.#focus.restoring;
    if (approached) this.host.warm();
  }

  exportTranscript(format: TranscriptFormat): string {
    return exportTranscript(this.host.transcript, format, this.locale.strings, this.#kind === 'conversation');
  }

  render(): TemplateResult {
    const { host } = this;
    if (host.variant !== 'floating') return this.#renderPanel();
    const { strings } = this.locale;
    return this.#dock.render({
      panel: () => this.#renderPanel(),
      mark,
      label: host.label || strings.label,
      close: strings.close,
      word: statusWord(this),
    });
  }

  #renderPanel(): TemplateResult {
    const { host } = this;
    const { strings, code, lang } = this.locale;
    const { transcript, session } = host;
    const compact = host.variant === 'compact';
    const failure = host.error?.code;
    const hopeless = failure && HOPELESS.has(failure);
    const noMicrophone = failure?.startsWith('microphone-');
    const canType = !compact && !host.noTextInput && this.#kind === 'conversation';
    const { captions = true, largeCaptions } = this.settings.choices;
    const words = !compact && !host.noTranscript && captions;
    const again = failure ? strings.tryAgain : this.ended ? strings.startAgain : strings.start;
    const asking = this.consent.asking;
    return html`<section
      class="card ${compact ? 'pill' : ''} ${largeCaptions ? 'large' : ''}"
      part="panel"
      lang=${code}
      aria-labelledby="heading"
      data-kind=${this.#kind}
    >
      <div class="header ${compact ? 'unseen' : ''}" part="header">
        <div class="heading" part="heading" id="heading">
          <slot name="heading">${host.label || strings.label}</slot>
        </div>
        ${session?.microphone === 'on' ? this.#renderMicrophone() : nothing}${compact ? nothing : this.settings.renderButton(strings)}
      </div>
      ${this.settings.render(strings)}${this.#renderStage()}
      ${words ? this.#log.render(transcript, strings, lang) : nothing}
      ${words && transcript.length ? this.#export.render(strings) : nothing}
      ${this.notices.render(this.locale, failure)} ${asking ? this.consent.render(strings) : nothing}
      ${session || asking ? nothing : renderStart(strings, this, hopeless ? undefined : again, !!noMicrophone && canType)}
      ${!canType || noMicrophone || hopeless || host.disabled || asking ? nothing : this.#composer.render(strings)}
      ${session ? renderCall(strings, host, host.pushToTalk ? this.talk : undefined) : nothing}
      <slot name="footer"></slot>
    </section>`;
  }

  #callStarts(): void {
    this.ended = undefined;
    this.#kind = 'conversation';
    this.weak = false;
  }

  /** A call that was given up before anything was said leaves the card as it was. */
  #callEnds(detail: EndDetail): void {
    if (detail.durationMs > 0 && detail.reason !== 'error') this.ended = detail;
    this.talk.end();
    this.notices.settle();
  }

  #renderMicrophone(): TemplateResult {
    const { muted } = this.host;
    const { microphoneMuted, microphoneOn } = this.locale.strings;
    return html`<span class="microphone">${muted ? microphoneMuted : microphoneOn}</span>`;
  }

  #renderStage(): TemplateResult {
    const { strings } = this.locale;
    // The consent says it in its own words.
    const silent = this.host.disabled || this.consent.asking;
    const hint = this.talk.hint(strings) ?? (silent ? undefined : statusHint(this));
    const interruptible = this.host.state === 'speaking' && this.#kind === 'conversation';
    // Between turns the word is for the eye: spoken each time, it would talk over the assistant.
    return html`<div class="stage">
      <slot name="visual">${this.#meter.render()}</slot>
      <div class="line">
        <div class="word" part="status" role="status" aria-live=${this.#betweenTurns ? 'off' : 'polite'}>
          ${statusWord(this)}
        </div>
        ${
          interruptible
            ? button({
                name: 'interrupt',
                label: strings.interrupt,
                icon: stopIcon,
                act: () => this.host.interrupt(),
              })
            : nothing
        }
      </div>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
    </div>`;
  }

  #note(): void {
    const { host } = this;
    const { state } = host;
    // What the visitor has to answer, or to know now, does not wait behind a launcher.
    const pressing = state === 'failed' || this.consent.asking || this.notices.pressing;
    if (pressing && !this.#pressing && host.variant === 'floating') host.open = true;
    this.#pressing = pressing;
    if (state === this.#drawnState) return;
    const isTurn = (word: string): boolean => word === 'listening' || word === 'thinking' || word === 'speaking';
    this.#betweenTurns = isTurn(state) && isTurn(this.#drawnState);
    this.#drawnState = state;
  }
}
