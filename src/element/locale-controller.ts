import { lookupLocale } from '../locales/lookup.js';
import { registry } from '../locales/registry.js';
import type { Strings } from '../locales/strings.js';
import { Part } from './part.js';
import type { ControllerHost } from './view-element.js';

/** Language of the nearest ancestor that states one; a shadow root's host counts as the parent. */
function nearestLang(start: Element): string {
  for (let node: Element | undefined = start; node;) {
    const owner: Element | null = node.closest('[lang]');
    if (owner) return owner.getAttribute('lang')!;
    node = (node.getRootNode() as Partial<ShadowRoot>).host;
  }
  return '';
}

/** Finds the element's strings and redraws it when the page's language changes or a language is added. */
export class LocaleController extends Part<ControllerHost & Element> {
  /** The page's language here, as written in its `lang` attribute; may differ from the language of `strings`. */
  lang = '';
  /** The language that `strings` are in. */
  code = '';
  strings: Strings = lookupLocale('').strings;
  readonly #redraw = (): void => this.host.requestUpdate();
  readonly #observer = new MutationObserver(this.#redraw);

  hostConnected(): void {
    (registry.listeners ??= new Set()).add(this.#redraw);
    for (const node of [this.host, document.documentElement])
      this.#observer.observe(node, { attributeFilter: ['lang'] });
  }

  hostDisconnected(): void {
    registry.listeners?.delete(this.#redraw);
    this.#observer.disconnect();
  }

  hostUpdate(): void {
    this.lang = nearestLang(this.host);
    Object.assign(this, lookupLocale(this.lang));
  }
}
