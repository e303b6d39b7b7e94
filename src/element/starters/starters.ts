import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { VoiceError } from '../../errors.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceEndEvent, VoiceStartEvent } from '../../session/events.js';
import type { Suggestion, TranscriptEntry, VoiceState } from '../../session/index.js';
import type { Spoken } from '../announcements/announcements.js';
import type { SessionEvent, SessionObserver } from '../call/session-controller.js';
import { EarlyPresses } from '../controls/early-presses.js';
import { tell } from '../page-mistakes.js';
import { DeclaredStarters, type StarterPage } from './declared-starters.js';
import { readStarters, type Starter } from './starter.js';

export interface StarterHost extends ReactiveControllerHost, StarterPage {
  readonly greeting: string | undefined;
  readonly variant: string;
  readonly disabled: boolean;
  readonly noTextInput: boolean;
  readonly state: VoiceState;
  readonly userSpeaking: boolean;
  readonly error: VoiceError | undefined;
  readonly transcript: readonly TranscriptEntry[];
  /** Undefined without a call. */
  readonly session: unknown;
  start(): Promise<void>;
  sendText(text: string): Promise<void>;
}

/** What a tool's answer suggests to say next. */
interface Suggested {
  readonly starters: readonly Starter[];
  /** The visitor's last words then. It is out of date when there are others. */
  readonly lastWords: string | undefined;
}

/** Chips with something to say: on the idle card those of the page, in a call those that came with a tool's answer. */
export class Starters implements ReactiveController, SessionObserver {
  readonly #host: StarterHost;
  readonly #keep: (text: string) => void;
  readonly #declared: DeclaredStarters;
  #suggested: Suggested | undefined;
  readonly #early = new EarlyPresses();
  #shown: readonly Starter[] = [];

  /** `keep` gets the words that a call could not be started with. */
  constructor(host: StarterHost, keep: (text: string) => void) {
    this.#host = host;
    this.#keep = keep;
    this.#declared = new DeclaredStarters(host);
    host.addController(this);
  }

  /** Shows these when the answer is over, until the visitor says something. */
  readonly suggest = (suggestions: readonly Suggestion[]): void => {
    const { starters, mistake } = readStarters(suggestions, 'The suggestions of respondWith()');
    if (mistake) tell(mistake);
    this.#suggested = { starters, lastWords: this.#lastWords };
    this.#host.requestUpdate();
  };

  sessionEvent(event: SessionEvent): void {
    if (event instanceof VoiceStartEvent || event instanceof VoiceEndEvent) this.#suggested = undefined;
  }

  sessionChanged(): void {
    if (!this.#suggested || !this.#host.userSpeaking) return;
    this.#suggested = undefined;
    this.#host.requestUpdate();
  }

  /** Chips that come by themselves in a call count a press only after a moment. */
  hostUpdate(): void {
    if (this.#suggested?.lastWords !== this.#lastWords) this.#suggested = undefined;
    const list = this.#list;
    if (list !== this.#shown && list.length > 0 && this.#host.session) this.#early.begin();
    this.#shown = list;
  }

  /** Suggestions are announced; the page's own starters are there from the beginning. */
  spoken({ suggestions }: Strings): Spoken[] {
    const shown = this.#shown;
    if (!this.#host.session || shown.length === 0) return [];
    return [{ key: shown, words: `${suggestions}: ${shown.map(({ label }) => label).join(', ')}` }];
  }

  /** What the assistant seems to say before the first words. It stands where the hint of a call will be. */
  get greeting(): string | undefined {
    return this.#isFresh ? this.#host.greeting : undefined;
  }

  render({ suggestions }: Strings): TemplateResult | typeof nothing {
    if (this.#shown.length === 0) return nothing;
    const guard = this.#early;
    return html`<div
      class="starters"
      role="group"
      aria-label=${suggestions}
      @click=${guard}
      @keydown=${guard}
      @pointerdown=${guard}
    >
      ${this.#shown.map(
        ({ label, text }) =>
          html`<button class="starter" part="starter" @click=${() => this.#say(text)}>${label}</button>`,
      )}
    </div>`;
  }

  /**
   * Says the text. Without a call, one is started as by the start button. After a failure of the microphone it is
   * started without: the text needs none.
   */
  #say(text: string): void {
    const { session, error } = this.#host;
    const lacksMicrophone = error?.code.startsWith('microphone-') ?? false;
    this.#suggested = undefined;
    this.#host.requestUpdate();
    // The card shows a failure and `voice-error` reports it.
    if (!session && !lacksMicrophone) this.#host.start().catch(() => {});
    // If the visitor cancels, the chips are there again.
    this.#host.sendText(text).catch((reason: unknown) => reason instanceof VoiceError && this.#keep(text));
  }

  get #list(): readonly Starter[] {
    const { variant, disabled, noTextInput, session, error, state, transcript } = this.#host;
    // A pill has no room for words.
    if (variant === 'compact' || disabled) return NONE;
    // After a failure, what was pressed is in the text field.
    if (error && !(noTextInput && error.retriable)) return NONE;
    // After a call, the room is for what was said.
    if (!session) return transcript.length > 0 ? NONE : this.#declared.list;
    return (state === 'listening' && this.#suggested?.starters) || NONE;
  }

  /** Nothing has been said yet. */
  get #isFresh(): boolean {
    const { state, transcript, variant } = this.#host;
    return state === 'idle' && transcript.length === 0 && variant !== 'compact';
  }

  get #lastWords(): string | undefined {
    return this.#host.transcript.findLast(({ role }) => role === 'user')?.id;
  }
}

const NONE: readonly Starter[] = [];
