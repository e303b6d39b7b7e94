import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../locales/strings.js';
import type { VoiceState } from '../../session/index.js';
import { follow } from './level-envelope.js';
import { markShape } from './mark-shape.js';
import { Part } from '../part.js';
import type { ViewElement } from '../view-element.js';

/** Where levels come from: pulled once a frame, never pushed. */
export interface LevelSource {
  readonly state: VoiceState;
  readonly muted: boolean;
  readonly inputLevel: number;
  readonly outputLevel: number;
  /** Given while a call runs. */
  readonly session: unknown;
}

/** Reduced motion: four steps a second. */
const STEP_MS = 250;
const SPOKEN_MS = 500;
/** Above the hum of a quiet room. */
const AUDIBLE = 0.2;

/**
 * The mark: seven bars mirrored about a line. The upper half, filled, is the assistant; the lower, hollow, the
 * visitor. A hollow bar is a wide stroke with a narrow one of the ground's colour on top: strokes keep their round
 * ends at any height, where a scaled border would be squashed.
 */
const half = (first: number, reach: number): SVGTemplateResult[] =>
  [0, 1, 2, 3, 4, 5, 6].map((column) => svg`<path class="b${first + column}" d="M${column * 14} 0v${reach}" />`);

/** One of them is in the element at a time; the style sheet knows the state from the element. */
export const mark = html`<svg class="mark" viewBox="0 2 92 96" aria-hidden="true">
  <g class="up" transform="translate(4 44)">${half(0, -36)}</g>
  <g transform="translate(4 56)">
    ${half(7, 36)}
    <g class="core">${half(7, 36)}</g>
  </g>
  <path class="strike" d="M-6 56H98" />
</svg>`;

/** Draws the mark and moves it while a call runs. Lit renders the bars; a frame only writes one `style`. */
export class LevelMeter extends Part<ViewElement & LevelSource> {
  readonly #strings: () => Strings;
  #heights: number[] = [];
  #frame = 0;
  #drawnAt = 0;
  #spokenAt = 0;

  constructor(host: ViewElement & LevelSource, strings: () => Strings) {
    super(host);
    this.#strings = strings;
  }

  hostUpdated(): void {
    const { isConnected, session } = this.host;
    if (isConnected && session) this.#frame ||= requestAnimationFrame(this.#draw);
    else this.#rest();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  render(): TemplateResult {
    return html`<div class="meter" part="meter" role="meter" aria-valuenow="0" aria-label=${this.#strings().volume}>
      ${mark}
    </div>`;
  }

  /** Without a call nothing moves, and no frame is asked for. */
  #rest(): void {
    this.hostDisconnected();
    this.#write();
    this.#speak();
  }

  /** The browser calls no frame while the page is hidden, so the loop rests by itself then. */
  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const elapsed = now - this.#drawnAt;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still && elapsed < STEP_MS) return;
    this.#drawnAt = now;
    if (still) this.#write();
    else this.#write(Math.min(100, elapsed), now);
    if (now - this.#spokenAt < SPOKEN_MS) return;
    this.#spokenAt = now;
    this.#speak();
  };

  /** One write for all bars, through the CSSOM, which a strict `style-src` allows; and one for the settings, while they are open. */
  #write(elapsed = Infinity, clock?: number): void {
    const { renderRoot, state, muted, outputLevel: upper, inputLevel: lower } = this.host;
    const shape = [...markShape({ state, muted, upper, lower, clock }), lower || 0];
    this.#heights = shape.map((height, bar) =>
      follow(this.#heights[bar] ?? 0, height, elapsed, Math.abs((bar % 7) - 3)),
    );
    // A bar without any height would lose its round ends.
    const style = this.#heights.map((height, bar) => `--b${bar}:${Math.max(height, 0.01)}`).join(';');
    const mark = renderRoot.querySelector<SVGElement>('.mark');
    if (mark) mark.style.cssText = style;
    const voice = renderRoot.querySelector('progress');
    if (voice) voice.value = this.#heights[14]!;
  }

  #speak(): void {
    const { outputLevel, inputLevel } = this.host;
    const { assistant, you, levelQuiet } = this.#strings();
    const loudest = Math.max(outputLevel, inputLevel);
    const meter = this.host.renderRoot.querySelector('.meter');
    if (!meter) return;
    meter.ariaValueNow = String(Math.round(loudest * 100));
    meter.ariaValueText = loudest < AUDIBLE ? levelQuiet : outputLevel === loudest ? assistant : you;
  }
}
