import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { Bars } from './bars.js';
import { follow } from './level-envelope.js';
import { mark } from './mark.js';
import { markShape } from './mark-shape.js';
import { ScreenWatch } from './screen-watch.js';

/** Where the levels come from. */
export interface LevelSource extends ReactiveControllerHost, Element {
  readonly state: VoiceState;
  readonly muted: boolean;
  /** Loudness of the visitor, 0…1. */
  readonly inputLevel: number;
  /** Loudness of the assistant, 0…1. */
  readonly outputLevel: number;
  /** Undefined without a call. */
  readonly session: unknown;
}

/**
 * The time between two readings while bars move, in ms. The costs are those of the frame in which they are written; a
 * transition between two readings would cost several times as much, because the browser computes styles in each frame.
 */
const MOVING_MS = 60;
/** The same while they stand still, in ms: too short to be noticed when somebody begins to speak. */
const STILL_MS = 100;
/** With reduced motion the mark changes four times a second; in ms. */
const REDUCED_MOTION_MS = 250;
/** How often assistive technology gets the level at most; in ms. */
const ANNOUNCED_MS = 500;
/** Longest time that one reading accounts for, so that the bars do not jump after a pause; in ms. */
const LONGEST_STEP_MS = 100;
/** Louder than the hum of a quiet room. */
const AUDIBLE = 0.2;

/**
 * Draws the mark, and moves it in a call while it is on the screen. Lit renders the bars once. Then a timer reads the
 * levels, and requests a frame only when there is something to write.
 */
export class LevelMeter implements ReactiveController {
  /** A call is over, and none has begun since. */
  ended = false;
  readonly #host: LevelSource;
  readonly #bars = new Bars();
  readonly #screen = new ScreenWatch(() => this.#resume());
  #strings!: Strings;
  #mark: Element | null = null;
  #progress: HTMLProgressElement | null = null;
  #reducedMotion: MediaQueryList | undefined;
  #isMoving = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  /** The visitor's level as the settings show it, 0…1. */
  #microphoneLevel = 0;
  #readAt = 0;
  #announcedAt = 0;

  constructor(host: LevelSource) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const { isConnected, session, shadowRoot } = this.#host;
    const isCalling = isConnected && session !== undefined;
    const mark = shadowRoot!.querySelector('.mark');
    const isNew = mark !== this.#mark;
    this.#mark = mark;
    this.#progress = shadowRoot!.querySelector('progress');
    if (isNew) this.#bars.use(mark?.querySelectorAll('i') ?? []);
    if (isNew || !isCalling) {
      this.#follow();
      this.#bars.write();
    }
    if (!isCalling) this.#announce();
    this.#screen.observe(isCalling ? [mark, this.#progress].filter((node) => node !== null) : []);
  }

  hostDisconnected(): void {
    this.#screen.observe([]);
  }

  render(strings: Strings): TemplateResult {
    this.#strings = strings;
    return html`<div class="meter" part="meter" role="meter" aria-valuenow="0" aria-label=${strings.volume}>
      ${mark}
    </div>`;
  }

  /** Goes on, or stops when none of it can be seen: then there is no timer and no frame. */
  #resume(): void {
    const { seesAny } = this.#screen;
    if (this.#isMoving === seesAny) return;
    this.#isMoving = seesAny;
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    if (seesAny) this.#step();
  }

  /** While the page is hidden the browser calls no frame, so the meter pauses when there is something to write. */
  readonly #step = (): void => {
    const now = performance.now();
    this.#reducedMotion ??= matchMedia('(prefers-reduced-motion: reduce)');
    const elapsed = Math.min(LONGEST_STEP_MS, now - this.#readAt);
    const isNew = this.#reducedMotion.matches ? this.#follow() : this.#follow(elapsed, now);
    this.#readAt = now;
    if (now - this.#announcedAt >= ANNOUNCED_MS) this.#announce();
    if (isNew) this.#frame = requestAnimationFrame(this.#draw);
    else this.#wait(STILL_MS);
  };

  readonly #draw = (): void => {
    this.#bars.write();
    this.#wait(MOVING_MS);
  };

  #wait(ms: number): void {
    this.#timer = setTimeout(this.#step, this.#reducedMotion!.matches ? REDUCED_MOTION_MS : ms);
  }

  /** Reads the levels, and shows the visitor's in the settings while they are open. Returns whether the bars move. */
  #follow(elapsed = Infinity, clock?: number): boolean {
    const { state, session, outputLevel: upper, inputLevel: lower } = this.#host;
    // Without a call nobody is muted, even if the next call will begin so.
    const muted = this.#host.muted && session !== undefined;
    this.#microphoneLevel = follow(this.#microphoneLevel, lower || 0, elapsed);
    const shown = Math.round(this.#microphoneLevel * 100) / 100;
    if (this.#progress && this.#progress.value !== shown) this.#progress.value = shown;
    return this.#bars.follow(markShape({ state, ended: this.ended, muted, upper, lower, clock }), elapsed);
  }

  /** Tells assistive technology who is speaking and how loud, if that has changed. */
  #announce(): void {
    const { shadowRoot, outputLevel, inputLevel } = this.#host;
    const meter = shadowRoot!.querySelector('.meter');
    this.#announcedAt = performance.now();
    if (!meter) return;
    const loudest = Math.max(outputLevel, inputLevel);
    const { assistant, you, levelQuiet } = this.#strings;
    const speaker = outputLevel === loudest ? assistant : you;
    const [value, text] = [String(Math.round(loudest * 100)), loudest < AUDIBLE ? levelQuiet : speaker];
    if (meter.ariaValueNow !== value) meter.ariaValueNow = value;
    if (meter.ariaValueText !== text) meter.ariaValueText = text;
  }
}
