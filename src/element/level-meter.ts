import { html, svg, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Strings } from '../locales/en.js';
import type { VoiceState } from '../session/session-state.js';
import { Ripple } from './level-envelope.js';

/** Where levels come from: pulled once a frame, never pushed. */
export interface LevelSource {
  readonly state: VoiceState;
  readonly muted: boolean;
  readonly inputLevel: number;
  readonly outputLevel: number;
}

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
    <g class="bar down b${bar}"><path d="M${x} 56v36" /><path class="core" d="M${x} 56v36" /></g>`;
});

/** Draws the mark and moves it while a call runs. Lit renders the shape; a frame only writes one `style`. */
export class LevelMeter implements ReactiveController {
  readonly #source: () => LevelSource;
  readonly #strings: () => Strings;
  readonly #meter = createRef<HTMLElement>();
  readonly #mark = createRef<SVGElement>();
  readonly #upper = new Ripple();
  readonly #lower = new Ripple();
  #frame = 0;
  #drawnAt = 0;
  #spokenAt = 0;

  constructor(host: ReactiveControllerHost, source: () => LevelSource, strings: () => Strings) {
    this.#source = source;
    this.#strings = strings;
    host.addController(this);
  }

  hostUpdated(): void {
    const { state } = this.#source();
    const live = state === 'listening' || state === 'thinking' || state === 'speaking';
    if (live === this.#frame > 0) return;
    if (live) this.#frame = requestAnimationFrame(this.#draw);
    else this.#stop();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  render(): TemplateResult {
    const { state, muted } = this.#source();
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
      ${ref(this.#meter)}
    >
      <svg class="mark" data-state=${state} ?data-muted=${muted} viewBox="0 0 92 100" aria-hidden="true" ${ref(this.#mark)}>
        ${bars}
        <path class="strike halo" d="M6 88 86 58" /><path class="strike" d="M6 88 86 58" />
      </svg>
    </div>`;
  }

  #stop(): void {
    if (!this.#frame) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#upper.jump(0);
    this.#lower.jump(0);
    this.#mark.value?.removeAttribute('style');
    this.#speak(0, this.#strings().levelQuiet);
  }

  /** The browser calls no frame while the page is hidden, so the loop rests by itself then. */
  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const source = this.#source();
    const output = source.outputLevel;
    const input = source.muted ? 0 : source.inputLevel;
    const elapsed = Math.min(100, now - this.#drawnAt);
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!reduced) {
      this.#drawnAt = now;
      this.#upper.advance(output, elapsed);
      this.#lower.advance(input, elapsed);
      this.#write();
    } else if (now - this.#drawnAt >= STEP_MS) {
      this.#drawnAt = now;
      this.#upper.jump(output);
      this.#lower.jump(input);
      this.#write();
    }
    if (now - this.#spokenAt < SPOKEN_MS) return;
    this.#spokenAt = now;
    const { levelAssistant, levelUser, levelQuiet } = this.#strings();
    const loudest = Math.max(output, input);
    this.#speak(loudest, loudest < AUDIBLE ? levelQuiet : output >= input ? levelAssistant : levelUser);
  };

  /** One write for all bars. Set through the CSSOM, which a strict `style-src` allows. */
  #write(): void {
    const list = (name: string, rings: readonly number[]): string =>
      rings.map((height, ring) => `--${name}${ring}:${height.toFixed(3)}`).join(';');
    if (this.#mark.value) this.#mark.value.style.cssText = `${list('u', this.#upper.rings)};${list('d', this.#lower.rings)}`;
  }

  #speak(level: number, text: string): void {
    this.#meter.value?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    this.#meter.value?.setAttribute('aria-valuetext', text);
  }
}
