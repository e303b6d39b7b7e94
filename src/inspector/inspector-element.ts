import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RealtimeVoiceElement } from '../element/realtime-voice.js';
import { renderFacts } from './element-facts.js';
import { EventLog, jsonLines, type LoggedEvent } from './event-log.js';
import { eventListStyles } from './event-list.styles.js';
import { eventRow } from './event-row.js';
import { eventSummary } from './event-summary.js';
import { inspectorStyles } from './inspector.styles.js';
import { PageWatch, type WatchedElement } from './page-watch.js';
import { PanelSize, type Side, SIDES } from './panel-size.js';
import { plainCopy } from './plain-copy.js';
import { TypeFilter } from './type-filter.js';

const ALL = '';
/** Events come in bursts; the list is drawn again at most this often, in milliseconds. */
const BETWEEN_UPDATES = 50;
/** Pixels from the end of the list within which it follows new events. */
const NEAR_END = 40;

/**
 * A panel that lists the events of every `<realtime-voice>` of the page. It only listens: it prevents nothing, sends
 * and stores nothing, keeps no element alive, and shows no secret.
 */
export class RealtimeVoiceInspectorElement extends LitElement {
  static override styles = [inspectorStyles, eventListStyles];

  readonly #log = new EventLog();
  readonly #watch = new PageWatch(
    (event, element) => this.#heard(event, element),
    () => this.requestUpdate(),
  );
  readonly #size = new PanelSize(() => this.requestUpdate());
  readonly #filter = new TypeFilter(this.#watch.types, () => this.requestUpdate());
  readonly #open = new Set<number>();
  #element = ALL;
  #announces = false;
  #said = '';
  /** What could not be copied. */
  #copyByHand = '';
  #followsEnd = true;
  /** The last event that was drawn. Without a new one nothing moves: a row that is opened stays where it is. */
  #last: number | undefined;
  /** Not kept alive: it may be an element that the page removes. */
  #focusBefore: WeakRef<Element> | undefined;

  /** The events that the panel shows now, as JSON: one object a line, oldest first. */
  get jsonLines(): string {
    return jsonLines(this.#shown());
  }

  /** Shows the events of one element only; without one, of all. */
  inspect(element?: RealtimeVoiceElement): void {
    this.#element = element ? this.#watch.watch(element).name : ALL;
    this.requestUpdate();
  }

  /** Removes the panel and all its listeners. */
  close(): void {
    const hadFocus = document.activeElement === this;
    this.remove();
    const before = this.#focusBefore?.deref();
    if (hadFocus && before instanceof HTMLElement) before.focus();
  }

  /** Moves the focus to the list of events. */
  override focus(options?: FocusOptions): void {
    const { activeElement } = document;
    if (activeElement && activeElement !== this) this.#focusBefore = new WeakRef(activeElement);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.body')?.focus(options));
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.start();
    this.requestUpdate();
  }

  /** @internal */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise((resolve) => setTimeout(resolve, BETWEEN_UPDATES));
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    const body = this.renderRoot?.querySelector('.body');
    if (body) this.#followsEnd = body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END;
  }

  protected override updated(): void {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel')!;
    panel.style.setProperty('--_size', `${this.#size.percent}%`);
    // A browser without popovers takes the panel for any box.
    if (this.isConnected && panel.showPopover && !panel.matches(':popover-open')) panel.showPopover();
    const body = this.renderRoot.querySelector('.body')!;
    const last = this.#shown().at(-1)?.number;
    if (this.#followsEnd && last !== this.#last) body.scrollTop = body.scrollHeight;
    this.#last = last;
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    return html`<section
      class="panel"
      lang="en"
      popover="manual"
      data-side=${this.#size.side}
      aria-label="Events of realtime-voice"
    >
      ${this.#size.render()}
      <div class="bar">
        <h2>Voice events</h2>
        ${this.#renderChoices()} ${this.#renderButtons()}
      </div>
      <p class="says">${this.#counts(shown.length)}<span role="status">${this.#said}</span></p>
      ${
        this.#copyByHand
          ? html`<textarea readonly aria-label="Events as JSON lines" .value=${this.#copyByHand}></textarea>`
          : nothing
      }
      <div class="about">${this.#watch.elements.map((element) => renderFacts(element))} ${this.#filter.render()}</div>
      <div class="body" role="log" tabindex="0" aria-label="Events" aria-live=${this.#announces ? 'polite' : 'off'}>
        ${shown.length > 0 ? this.#renderEvents(shown) : html`<p class="empty">No events yet.</p>`}
      </div>
    </section>`;
  }

  #renderChoices(): TemplateResult {
    const names = [...new Set([...this.#watch.elements.map(({ name }) => name), this.#element])].filter(Boolean);
    return html`<select aria-label="Element" @change=${this.#chooseElement}>
        <option value=${ALL} ?selected=${this.#element === ALL}>All elements</option>
        ${names.map((name) => html`<option value=${name} ?selected=${this.#element === name}>${name}</option>`)}
      </select>
      <select class="side" aria-label="Place of the panel" @change=${this.#chooseSide}>
        ${SIDES.map((side) => html`<option value=${side} ?selected=${side === this.#size.side}>${side}</option>`)}
      </select>`;
  }

  #renderButtons(): TemplateResult {
    const { paused } = this.#log;
    return html`<label
        ><input type="checkbox" .checked=${this.#announces} @change=${this.#chooseAnnounces} />Read aloud</label
      >
      <button aria-pressed=${paused} @click=${() => this.#pause(!paused)}>Pause</button>
      <button @click=${this.#clear}>Clear</button>
      <button @click=${this.#copy}>Copy</button>
      <button @click=${() => this.close()}>Close</button>`;
  }

  #renderEvents(events: readonly LoggedEvent[]): TemplateResult {
    return html`<ol>
      ${repeat(
        events,
        ({ number }) => number,
        (event) => eventRow(event, this.#open.has(event.number), (open) => this.#toggleRow(event.number, open)),
      )}
    </ol>`;
  }

  #shown(): readonly LoggedEvent[] {
    return this.#log.shown.filter(
      ({ type, element }) => this.#filter.shows(type) && (this.#element === ALL || element === this.#element),
    );
  }

  #counts(shown: number): string {
    const { forgotten, most, waiting, paused } = this.#log;
    const parts = [`${shown} ${shown === 1 ? 'event' : 'events'}`];
    if (forgotten > 0) parts.push(`only the last ${most} are kept, ${forgotten} older are gone`);
    if (paused) parts.push(`paused, ${waiting} new`);
    return parts.join('; ');
  }

  #heard(event: CustomEvent, element: WatchedElement): void {
    const detail = plainCopy(event.detail);
    const { type } = event;
    const summary = eventSummary(type, detail);
    if (type === 'voice-quality') element.quality = summary;
    this.#log.add({
      time: new Date().toISOString(),
      element: element.name,
      state: String(plainCopy(element.ref.deref()?.state ?? '')),
      type,
      summary,
      detail,
    });
    this.requestUpdate();
  }

  readonly #chooseElement = ({ currentTarget }: Event): void => {
    this.#element = (currentTarget as HTMLSelectElement).value;
    this.requestUpdate();
  };

  readonly #chooseSide = ({ currentTarget }: Event): void => {
    this.#size.side = (currentTarget as HTMLSelectElement).value as Side;
    this.requestUpdate();
  };

  readonly #chooseAnnounces = ({ currentTarget }: Event): void => {
    this.#announces = (currentTarget as HTMLInputElement).checked;
    this.requestUpdate();
  };

  #toggleRow(number: number, open: boolean): void {
    if (open) this.#open.add(number);
    else this.#open.delete(number);
    this.requestUpdate();
  }

  #pause(paused: boolean): void {
    this.#log.pause(paused);
    this.#say('');
  }

  readonly #clear = (): void => {
    this.#log.clear();
    this.#open.clear();
    this.#say('Cleared.');
  };

  /** A page on plain http has no clipboard. */
  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.jsonLines);
      this.#say('Copied as JSON lines.');
    } catch {
      this.#say('The browser does not let the page copy. Copy this text:', this.jsonLines);
    }
  };

  #say(words: string, copyByHand = ''): void {
    this.#said = words;
    this.#copyByHand = copyByHand;
    this.requestUpdate();
    if (copyByHand) void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.select());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'realtime-voice-inspector': RealtimeVoiceInspectorElement;
  }
}
