import { html, nothing, type TemplateResult } from 'lit';
import type { TranscriptEntry, VoiceState } from '../../session/index.js';
import { button } from '../controls/button.js';
import { EarlyPresses } from '../controls/early-presses.js';
import { VoiceHandoverEvent } from './handover-event.js';

export interface HandoverHost extends Element {
  readonly handoverLabel: string | undefined;
  readonly state: VoiceState;
  readonly transcript: readonly TranscriptEntry[];
  readonly callId: string | undefined;
}

/** The way to a person, who has to know what was said: during a call, and when it has ended or failed. */
export class Handover {
  readonly #host: HandoverHost;
  readonly #early = new EarlyPresses();
  /** The id of the running or last call. The session forgets it at the end. */
  #callId: string | undefined;
  #shown = false;

  constructor(host: HandoverHost) {
    this.#host = host;
  }

  /** The call is another one, or has its id now. */
  callChanged(): void {
    const { state, callId } = this.#host;
    if (state === 'connecting' || callId !== undefined) this.#callId = callId;
  }

  /** Tells the page. */
  handOver(): void {
    const { transcript } = this.#host;
    this.#host.dispatchEvent(new VoiceHandoverEvent({ transcript, callId: this.#callId }));
  }

  /** `after` tells that a call has ended or failed on this card. While a call is set up, only its place is there. */
  render(after: boolean): TemplateResult | typeof nothing {
    const { handoverLabel: label, state } = this.#host;
    const hasPlace = label !== undefined && (state !== 'idle' || after);
    const isShown = hasPlace && state !== 'connecting';
    if (isShown && !this.#shown) this.#early.begin();
    this.#shown = isShown;
    if (!hasPlace) return nothing;
    // Its words keep its width, too, beside a button to talk.
    const place = html`<span class="button handover place">${label}</span>`;
    return html`<div class="handover-row" @click=${this.#early} @keydown=${this.#early} @pointerdown=${this.#early}>
      ${isShown ? button({ name: 'handover', label, onClick: () => this.handOver() }) : place}
    </div>`;
  }
}
