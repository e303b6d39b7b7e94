import type { ReactiveControllerHost } from 'lit';
import { VoiceError } from '../../errors.js';
import type { Strings } from '../../locales/strings.js';
import { VoiceStateChangeEvent } from '../../session/events.js';
import type { TranscriptEntry, VoiceState } from '../../session/index.js';
import type { Spoken } from '../announcements/announcements.js';
import { accessibleName } from './accessible-name.js';

export interface ShowHost extends ReactiveControllerHost, Element {
  readonly variant: string;
  readonly state: VoiceState;
  readonly transcript: readonly TranscriptEntry[];
}

/** An element of the page in the transcript. */
export interface Shown {
  readonly node: Element;
  /** What it was called when it was shown. */
  readonly name: string;
  /** Its line in the log. */
  readonly line: HTMLElement;
  /** The id of the last entry before it; undefined if there was none. */
  readonly after: string | undefined;
}

/** So that no two slots have one name, also when an element shows again what it has shown before. */
let count = 0;

/**
 * The elements that the page shows in the conversation. They are children of the host, so the page's own styles and
 * scripts apply to them; a slot in the transcript says where they are seen. They go when another conversation begins.
 */
export class ShownNodes {
  readonly #host: ShowHost;
  list: readonly Shown[] = [];

  constructor(host: ShowHost) {
    this.#host = host;
  }

  /** Whether there is anything to see besides words. */
  get isNeeded(): boolean {
    return this.list.length > 0 && this.#hasRoom;
  }

  get #hasRoom(): boolean {
    return this.#host.variant !== 'compact';
  }

  /** Shows what the page has passed; false on a pill, which has no room for it. */
  readonly show = (node: Element): boolean => {
    const host = this.#host;
    this.#check(node);
    if (!this.#hasRoom) return false;
    node.slot = `shown-${++count}`;
    host.append(node);
    const name = accessibleName(node);
    this.list = [...this.list, { node, name, line: createLine(node.slot), after: host.transcript.at(-1)?.id }];
    host.requestUpdate();
    return true;
  };

  /** Takes all of them out of the page. */
  clear(): void {
    for (const { node } of this.list) if (node.parentNode === this.#host) node.remove();
    this.list = [];
    this.#host.requestUpdate();
  }

  sessionEvent(event: unknown): void {
    if (!(event instanceof VoiceStateChangeEvent)) return;
    const { state, previousState } = event.detail;
    // The conversation of a failed call goes on.
    if (state === 'connecting' && previousState === 'idle') this.clear();
  }

  /** Without a call, the page may delete the conversation, or put another one in its place. */
  sessionChanged(): void {
    const { state, transcript } = this.#host;
    if (state !== 'idle' || this.list.length === 0) return;
    const isLost = ({ after }: Shown): boolean => after !== undefined && !transcript.some(({ id }) => id === after);
    if (transcript.length === 0 || this.list.every(isLost)) this.clear();
  }

  /** Each is told of once. */
  spoken({ shows }: Strings): Spoken[] {
    return this.list.map(({ node, name }) => ({ key: node, words: shows.replace('{name}', () => name) }));
  }

  /** @throws {VoiceError} `configuration` */
  #check(node: unknown): void {
    // An element of another document is no `Element` of this window.
    if ((node as Partial<Node> | null)?.nodeType !== 1)
      throw mistake('needs one element: put what you have into a <div>');
    if (this.list.some((shown) => shown.node === node))
      throw mistake('has this element already: pass a new one, or a clone');
    if ((node as Element).contains(this.#host))
      throw mistake('cannot show what it is in: pass a new element, or a clone');
  }
}

function mistake(fix: string): VoiceError {
  return new VoiceError('configuration', `show() ${fix}.`);
}

/** It is announced by its name, so the log keeps quiet about it. */
function createLine(slotName: string): HTMLElement {
  const line = document.createElement('div');
  line.className = 'shown';
  line.setAttribute('aria-live', 'off');
  const slot = document.createElement('slot');
  slot.name = slotName;
  line.append(slot);
  return line;
}
