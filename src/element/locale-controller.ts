import { lookupLocale, onLocaleRegistered } from '../locales/lookup.js';
import type { Strings } from '../locales/strings.js';
import { Part } from './part.js';
import type { ControllerHost } from './view-element.js';

/** Language of the nearest ancestor that states one; a shadow root's host counts as the parent. */
function nearestLang(start: Element): string {
  for (let node: Element | undefined = start; node; ) {
    const owner: Element | null = node.closest('[lang]');
    if (owner) return owner.getAttribute('lang')!;
    const root = node.getRootNode();
    node = 'host' in root ? (root as ShadowRoot).host : undefined;
  }
  return '';
}

/** Finds the element's strings and redraws it when the page's language changes or a language is added. */
export class LocaleController extends Part<ControllerHost & Element> {
  #observer: MutationObserver | undefined;
  #unsubscribe: (() => void) | undefined;
  /** The page's language here, as written in its `lang` attribute; may differ from the language of `strings`. */
  lang = '';
  /** The language that `strings` are in. */
  code = '';
  strings: Strings = lookupLocale('').strings;

  hostConnected(): void {
    const redraw = (): void => this.host.requestUpdate();
    this.#unsubscribe = onLocaleRegistered(redraw);
    this.#observer = new MutationObserver(redraw);
    for (const node of [this.host, document.documentElement]) this.#observer.observe(node, { attributeFilter: ['lang'] });
    redraw();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    this.lang = nearestLang(this.host);
    ({ code: this.code, strings: this.strings } = lookupLocale(this.lang));
  }
}
