import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Locale, lookupLocale } from '../locales/lookup.js';
import { registry } from '../locales/registry.js';

/** The language of the nearest ancestor that has `lang`, looking out of shadow roots; empty when there is none. */
function nearestLang(start: Element): string {
  for (let node: Element | undefined = start; node;) {
    const owner: Element | null = node.closest('[lang]');
    if (owner) return owner.getAttribute('lang')!;
    node = (node.getRootNode() as Partial<ShadowRoot>).host;
  }
  return '';
}

/** Finds the element's strings, and draws it again when the page's language changes or a language is registered. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined;
  /** A language was registered since the last look-up. */
  #stale = false;
  /** The page's language here, as its `lang` attribute has it; there may be no strings in that language. */
  lang = '';
  /** The strings and the language that they are in; the same object until either changes. */
  current: Locale = lookupLocale('');

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    (registry.listeners ??= new Set()).add(this.#registered);
    this.#observer ??= new MutationObserver(() => this.#host.requestUpdate());
    for (const node of [this.#host, document.documentElement])
      this.#observer.observe(node, { attributeFilter: ['lang'] });
    // A language may have been registered while the element was in no document.
    this.#stale = true;
  }

  hostDisconnected(): void {
    registry.listeners?.delete(this.#registered);
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    const lang = nearestLang(this.#host);
    if (lang === this.lang && !this.#stale) return;
    this.lang = lang;
    this.#stale = false;
    this.current = lookupLocale(lang);
  }

  readonly #registered = (): void => {
    this.#stale = true;
    this.#host.requestUpdate();
  };
}
