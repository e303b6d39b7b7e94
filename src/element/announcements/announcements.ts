import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { isRunning } from '../../session/voice-state.js';
import { LiveRegion } from './live-region.js';
import { sentences } from './sentences.js';

/** Something that is announced when it appears. */
export interface Spoken {
  /** Tells it from what was there before. */
  readonly key: unknown;
  readonly words: string;
  /** It interrupts what is being read. */
  readonly urgent?: boolean;
}

/** The part of a call's state that is announced. */
export interface Moment {
  readonly state: VoiceState;
  /** Undefined without a call. */
  readonly microphone: 'off' | 'asking' | 'on' | undefined;
  readonly muted: boolean;
  /** The state in words. */
  readonly word: string;
  /** What is said with the state: how to mend a failure, how a call ended, how to allow the microphone. */
  readonly advice: string | undefined;
  /** What is on the card out of the ordinary. */
  readonly notices: readonly Spoken[];
}

/**
 * Says what happens in a call, in one order, to visitors who do not look: docs/guide/accessibility.md has the script.
 * Its live regions are outside the panel, so that they speak while the panel is closed, too.
 */
export class Announcements implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveControllerHost & Element;
  readonly #polite: LiveRegion;
  readonly #urgent: LiveRegion;
  #before: Moment | undefined;
  /** The visitor has pressed the mute button, which tells its own state. */
  #pressesMute = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#polite = new LiveRegion(host, 'status');
    this.#urgent = new LiveRegion(host, 'alert');
    host.addController(this);
  }

  render(lang: string): TemplateResult {
    return html`${this.#urgent.render(lang)}${this.#polite.render(lang)}`;
  }

  hostConnected(): void {
    // Adding the same listener twice changes nothing.
    this.#host.shadowRoot!.addEventListener('click', this, true);
  }

  hostDisconnected(): void {
    this.#polite.clear();
    this.#urgent.clear();
  }

  handleEvent({ target }: Event): void {
    this.#pressesMute = (target as Element).closest('.mute') !== null;
  }

  /** To be called after each drawing. What was there at first is not announced. */
  update(now: Moment, strings: Strings): void {
    const before = this.#before ?? now;
    this.#before = now;
    if (!isRunning(now.state) && isRunning(before.state)) this.#polite.hush();
    const isAnythingOver = now.state !== before.state || now.notices.length < before.notices.length;
    if (isAnythingOver) for (const region of [this.#polite, this.#urgent]) region.forget();
    this.#sayState(before, now, strings);
    this.#pressesMute = false;
    for (const notice of now.notices) {
      const isNew = !before.notices.some(({ key }) => key === notice.key);
      // What gets the focus is read anyway.
      if (isNew && this.#host.shadowRoot!.activeElement?.id !== 'question')
        (notice.urgent ? this.#urgent : this.#polite).say(notice.words);
    }
  }

  #sayState(before: Moment, now: Moment, { microphoneMuted, microphoneOn }: Strings): void {
    const { state, microphone, muted, word, advice } = now;
    const microphoneWords = muted ? microphoneMuted : microphoneOn;
    const wasAsking = before.microphone === 'asking';
    if (state === 'failed' && before.state !== 'failed') this.#urgent.say(sentences(word, advice));
    else if (state !== 'failed' && isTold(before, now)) this.#polite.say(sentences(word, advice), 'state');
    else if (microphone !== 'on' || !isTurn(state)) return;
    else if (wasAsking) this.#polite.say(microphoneWords, 'microphone');
    else if (muted !== before.muted && !this.#pressesMute) this.#polite.say(microphoneWords, 'microphone');
    else if (advice && advice !== before.advice) this.#polite.say(advice);
  }
}

/** Changes between turns are not announced: that would talk over the assistant. */
function isTold(before: Moment, { state, microphone }: Moment): boolean {
  if (microphone === 'asking') return before.microphone !== 'asking';
  if (isTurn(state) && isTurn(before.state)) return false;
  return state !== before.state || before.microphone === 'asking';
}

function isTurn(state: VoiceState): boolean {
  return state === 'listening' || state === 'thinking' || state === 'speaking';
}
