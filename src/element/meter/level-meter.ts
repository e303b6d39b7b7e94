import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { follow } from './level-envelope.js';
import { mark } from './mark.js';
import { markShape } from './mark-shape.js';

/** Where the levels come from: the meter reads them once per frame. */
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

/** With reduced motion the mark changes four times a second; in ms. */
const REDUCED_MOTION_MS = 250;
/** How often assistive technology gets the level at most; in ms. */
const ANNOUNCED_MS = 500;
/** Longest time that one frame accounts for, so that the bars do not jump after a pause; in ms. */
const LONGEST_FRAME_MS = 100;
/** Louder than the hum of a quiet room. */
const AUDIBLE = 0.2;

/** Draws the mark and moves it during a call. Lit renders the bars once; a frame only writes one `style`. */
export class LevelMeter implements ReactiveController {
  readonly #host: LevelSource;
  #strings!: Strings;
  #heights: number[] = [];
  #frame = 0;
  #drawnAt = 0;
  #announcedAt = 0;

  constructor(host: LevelSource) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const { isConnected, session } = this.#host;
    if (isConnected && session) this.#frame ||= requestAnimationFrame(this.#draw);
    else this.#rest();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  render(strings: Strings): TemplateResult {
    this.#strings = strings;
    return html`<div class="meter" part="meter" role="meter" aria-valuenow="0" aria-label=${strings.volume}>
      ${mark}
    </div>`;
  }

  /** Without a call nothing moves, and no frame is requested. */
  #rest(): void {
    this.hostDisconnected();
    this.#writeHeights();
    this.#announce();
  }

  /** The browser calls no frame while the page is hidden, so the loop pauses by itself then. */
  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const elapsed = now - this.#drawnAt;
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (reducedMotion && elapsed < REDUCED_MOTION_MS) return;
    this.#drawnAt = now;
    if (reducedMotion) this.#writeHeights();
    else this.#writeHeights(Math.min(LONGEST_FRAME_MS, elapsed), now);
    if (now - this.#announcedAt < ANNOUNCED_MS) return;
    this.#announcedAt = now;
    this.#announce();
  };

  /**
   * Writes all bars at once, through the CSSOM, which a strict `style-src` allows; and the visitor's level in the
   * settings while they are open.
   */
  #writeHeights(elapsed = Infinity, clock?: number): void {
    const { shadowRoot, state, muted, outputLevel: upper, inputLevel: lower } = this.#host;
    const targets = [...markShape({ state, muted, upper, lower, clock }), lower || 0];
    this.#heights = targets.map((target, bar) => {
      const distanceFromMiddle = Math.abs((bar % 7) - 3);
      return follow(this.#heights[bar] ?? 0, target, elapsed, distanceFromMiddle);
    });
    // A bar without any height would lose its round ends.
    const style = this.#heights.map((height, bar) => `--b${bar}:${Math.max(height, 0.01)}`).join(';');
    const mark = shadowRoot!.querySelector<SVGElement>('.mark');
    if (mark) mark.style.cssText = style;
    const microphoneLevel = shadowRoot!.querySelector('progress');
    if (microphoneLevel) microphoneLevel.value = this.#heights[14]!;
  }

  /** Tells assistive technology who is speaking and how loud. */
  #announce(): void {
    const { shadowRoot, outputLevel, inputLevel } = this.#host;
    const meter = shadowRoot!.querySelector('.meter');
    if (!meter) return;
    const loudest = Math.max(outputLevel, inputLevel);
    const { assistant, you, levelQuiet } = this.#strings;
    const speaker = outputLevel === loudest ? assistant : you;
    meter.ariaValueNow = String(Math.round(loudest * 100));
    meter.ariaValueText = loudest < AUDIBLE ? levelQuiet : speaker;
  }
}
