import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Locale, lookupLocale } from '../locales/lookup.js';
import { type LocaleStrings, registry } from '../locales/registry.js';
import { withOwnStrings } from './own-strings.js';

export interface LocaleHost extends ReactiveControllerHost, Element {
  /** Words of this element only. */
  readonly strings: LocaleStrings | undefined;
}

/** Not every browser tells the direction of a language. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

/** The language of the nearest ancestor that has `lang`, looking out of shadow roots; empty when there is none. */
function nearestLang(start: Element): string {
  for (let node: Element | undefined = start; node;) {
    const owner: Element | null = node.closest('[lang]');
    if (owner) return owner.getAttribute('lang')!;
    node = (node.getRootNode() as Partial<ShadowRoot>).host;
  }
  return '';
}

/** The shadow roots that an element is in, and the document. */
function rootsAround(element: Element): Node[] {
  const root = element.getRootNode();
  const { host } = root as Partial<ShadowRoot>;
  return host ? [root, ...rootsAround(host)] : [root];
}

/** Finds the element's strings, and draws it again when the page's language changes or a language is registered. */
export class LocaleController implements ReactiveController {
  readonly #host: LocaleHost;
  readonly #chosen: () => string | undefined;
  #observer: MutationObserver | undefined;
  /** What the observer was last pointed at from. */
  #root: Node | undefined;
  /** A language was registered since the last look-up. */
  #stale = false;
  #own: LocaleStrings | undefined;
  /**
   * The visitor's choice, or else the page's language here, as its `lang` attribute has it. There may be no strings in
   * that language.
   */
  lang = '';
  /** The strings and the language that they are in; the same object until either changes. */
  current: Locale = lookupLocale('');

  /** `chosen` is the language that the visitor has chosen. */
  constructor(host: LocaleHost, chosen: () => string | undefined) {
    this.#host = host;
    this.#chosen = chosen;
    host.addController(this);
  }

  hostConnected(): void {
    (registry.listeners ??= new Set()).add(this.#registered);
    this.#observeAncestors();
    // A language may have been registered while the element was in no document.
    this.#stale = true;
  }

  hostDisconnected(): void {
    registry.listeners?.delete(this.#registered);
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    // `moveBefore()` may have put the element elsewhere.
    if (this.#host.isConnected && this.#host.getRootNode() !== this.#root) this.#observeAncestors();
    const lang = this.#wanted;
    const { strings: own } = this.#host;
    if (lang === this.lang && own === this.#own && !this.#stale) return;
    this.lang = lang;
    this.#own = own;
    this.#stale = false;
    const { code, strings } = lookupLocale(lang);
    this.current = { code, strings: withOwnStrings(strings, own) };
  }

  /** Written as the visitor's language is, where that was chosen; undefined leaves it to the page. */
  get dir(): 'ltr' | 'rtl' | undefined {
    if (this.#chosen() === undefined) return undefined;
    return RIGHT_TO_LEFT.test(this.current.code) ? 'rtl' : 'ltr';
  }

  get #wanted(): string {
    return this.#chosen() ?? nearestLang(this.#host);
  }

  /** The language may be that of any ancestor: they are in the document and in the shadow roots around the element. */
  #observeAncestors(): void {
    this.#root = this.#host.getRootNode();
    this.#observer ??= new MutationObserver(() => this.#langChanged());
    this.#observer.disconnect();
    for (const root of rootsAround(this.#host))
      this.#observer.observe(root, { attributeFilter: ['lang'], subtree: true });
  }

  #langChanged(): void {
    if (this.#wanted !== this.lang) this.#host.requestUpdate();
  }

  readonly #registered = (): void => {
    this.#stale = true;
    this.#host.requestUpdate();
  };
}
