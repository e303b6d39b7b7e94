import type { RealtimeVoiceElement } from '../element/realtime-voice.js';
import { eventTypes } from './event-types.js';

/** An element of the page. The inspector does not keep it alive. */
export interface WatchedElement {
  readonly name: string;
  readonly ref: WeakRef<RealtimeVoiceElement>;
  /** The last quality that it reported. */
  quality: string;
}

const TAG = 'realtime-voice';
const OPTIONS = { capture: true, passive: true } as const;

/**
 * Listens to every `<realtime-voice>` of the page, also those that come later. Each element has listeners of its own,
 * because some events do not bubble, and a removed element still says that its call has ended. An element that nobody
 * has found, such as one in a shadow root, is found by its first event, which passes the window.
 */
export class PageWatch {
  readonly types: readonly string[] = eventTypes();
  readonly #onEvent: (event: CustomEvent, element: WatchedElement) => void;
  readonly #onChange: () => void;
  readonly #known = new WeakMap<EventTarget, WatchedElement>();
  readonly #observer = new MutationObserver(() => this.#findLater());
  /** A live collection: to read it costs nothing while nothing is added. */
  #inPage: HTMLCollectionOf<RealtimeVoiceElement> | undefined;
  #elements: WatchedElement[] = [];
  #count = 0;

  constructor(onEvent: (event: CustomEvent, element: WatchedElement) => void, onChange: () => void) {
    this.#onEvent = onEvent;
    this.#onChange = onChange;
  }

  /** The elements that are still alive, in the order in which they were found. */
  get elements(): readonly WatchedElement[] {
    return (this.#elements = this.#elements.filter(({ ref }) => ref.deref()));
  }

  start(): void {
    this.#inPage = document.getElementsByTagName(TAG) as HTMLCollectionOf<RealtimeVoiceElement>;
    for (const type of this.types) window.addEventListener(type, this.#passing, OPTIONS);
    this.#observer.observe(document, { childList: true, subtree: true });
    this.#findIn(document);
  }

  stop(): void {
    this.#observer.disconnect();
    for (const type of this.types) window.removeEventListener(type, this.#passing, OPTIONS);
    for (const { ref } of this.#elements) {
      const element = ref.deref();
      if (element) this.#known.delete(element);
      for (const type of this.types) element?.removeEventListener(type, this.#heard, OPTIONS);
    }
    this.#elements = [];
    this.#inPage = undefined;
  }

  /** Listens to an element, once. */
  watch(element: RealtimeVoiceElement): WatchedElement {
    const known = this.#known.get(element);
    if (known) return known;
    const { localName, id } = element;
    const number = ++this.#count;
    const byId = `${localName}#${id}`;
    // Two elements may have one id, as when a page replaces one.
    const isTaken = this.#elements.some((other) => other.name === byId);
    const name = !id ? `${localName} ${number}` : isTaken ? `${byId} ${number}` : byId;
    const watched: WatchedElement = { name, ref: new WeakRef(element), quality: '' };
    this.#known.set(element, watched);
    this.#elements.push(watched);
    for (const type of this.types) element.addEventListener(type, this.#heard, OPTIONS);
    this.#onChange();
    return watched;
  }

  readonly #heard = (event: Event): void => {
    const watched = event.currentTarget && this.#known.get(event.currentTarget);
    if (watched) this.#onEvent(event as CustomEvent, watched);
  };

  /** Listeners that are added now hear this event: it has not reached the element yet. */
  readonly #passing = (event: Event): void => {
    const [target] = event.composedPath();
    if (target instanceof Element) this.watch(target as RealtimeVoiceElement);
  };

  #findLater(): void {
    for (const element of this.#inPage ?? []) this.watch(element);
  }

  #findIn(root: Document | ShadowRoot): void {
    for (const element of root.querySelectorAll<RealtimeVoiceElement>(TAG)) this.watch(element);
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) this.#findIn(shadowRoot);
  }
}
