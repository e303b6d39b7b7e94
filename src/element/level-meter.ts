import { html, type LitElement, type ReactiveController, svg, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import type { VoiceState } from '../session/index.js';
import { follow, Ripple } from './level-envelope.js';
import { markShape } from './mark-shape.js';

/** Where levels come from: pulled once a frame, never pushed. */
export interface LevelSource {
  readonly state: VoiceState;
  readonly muted: boolean;
  readonly inputLevel: number;
  readonly outputLevel: number;
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
const bars = [0, 1, 2, 3, 4, 5, 6].map((bar) => {
  const x = 4 + bar * 14;
  return svg`<g class="bar up b${bar}"><path d="M${x} 44v-36" /></g>
    <g class="bar down b${bar + 7}"><path d="M${x} 56v36" /><path class="core" d="M${x} 56v36" /></g>`;
});

/** Draws the mark and moves it while a call runs. Lit renders the bars; a frame only writes one `style`. */
export class LevelMeter implements ReactiveController {
  readonly #host: LitElement & LevelSource;
  readonly #strings: () => Strings;
  readonly #upper = new Ripple();
  readonly #lower = new Ripple();
  #heights: number[] = [];
  #frame = 0;
  #drawnAt = 0;
  #spokenAt = 0;

  constructor(host: LitElement & LevelSource, strings: () => Strings) {
    this.#host = host;
    this.#strings = strings;
    host.addController(this);
  }

  hostUpdated(): void {
    const { state, isConnected } = this.#host;
    if (isConnected && state !== 'idle' && state !== 'failed') this.#frame ||= requestAnimationFrame(this.#draw);
    else this.#rest();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  render(): TemplateResult {
    const { state, muted } = this.#host;
    const strings = this.#strings();
    return html`<div
      class="meter"
      part="meter"
      role="meter"
      aria-label=${strings.level}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow="0"
      aria-valuetext=${strings.levelQuiet}
    >
      <svg class="mark" data-state=${state} ?data-muted=${muted} viewBox="0 2 92 96" aria-hidden="true">
        ${bars}
        <path class="strike" d="M-6 56H98" />
      </svg>
    </div>`;
  }

  /** Without a call nothing moves, and no frame is asked for. */
  #rest(): void {
    this.hostDisconnected();
    this.#upper.jump(0);
    this.#lower.jump(0);
    this.#write(Infinity, undefined);
    this.#speak(0, this.#strings().levelQuiet);
  }

  /** The browser calls no frame while the page is hidden, so the loop rests by itself then. */
  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const { outputLevel, muted, inputLevel } = this.#host;
    const input = muted ? 0 : inputLevel;
    const elapsed = Math.min(100, now - this.#drawnAt);
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#drawnAt = now;
      this.#upper.advance(outputLevel, elapsed);
      this.#lower.advance(input, elapsed);
      this.#write(elapsed, now);
    } else if (now - this.#drawnAt >= STEP_MS) {
      this.#drawnAt = now;
      this.#upper.jump(outputLevel);
      this.#lower.jump(input);
      this.#write(Infinity, undefined);
    }
    if (now - this.#spokenAt < SPOKEN_MS) return;
    this.#spokenAt = now;
    const { levelAssistant, levelUser, levelQuiet } = this.#strings();
    const loudest = Math.max(outputLevel, input);
    this.#speak(loudest, loudest < AUDIBLE ? levelQuiet : outputLevel >= input ? levelAssistant : levelUser);
  };

  /** One write for all bars, through the CSSOM, which a strict `style-src` allows. */
  #write(elapsed: number, clock: number | undefined): void {
    const { state, muted } = this.#host;
    const shape = markShape({ state, muted, upper: this.#upper.rings, lower: this.#lower.rings, clock });
    this.#heights = shape.map((height, bar) => follow(this.#heights[bar] ?? 0, height, elapsed));
    const mark = this.#host.renderRoot.querySelector<SVGElement>('.mark');
    if (mark) mark.style.cssText = this.#heights.map((height, bar) => `--b${bar}:${height.toFixed(3)}`).join(';');
  }

  #speak(level: number, text: string): void {
    const meter = this.#host.renderRoot.querySelector('.meter');
    meter?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    meter?.setAttribute('aria-valuetext', text);
  }
}
