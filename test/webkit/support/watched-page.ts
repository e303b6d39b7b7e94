import { installAliveCounters, type Alive } from '../../support/alive-counters.js';
import { startPageServer, type PageServer, type Routes } from '../../support/page-server.js';
import { documentWith } from '../../support/page.js';
import type { WebDriver } from '../../support/webdriver.js';
import { installRecorder, type Recorder, type SeenEvent } from '../../e2e/support/recorder.js';

export interface WatchedOptions {
  /** A body, or a whole document that begins with a doctype; then its head must contain `WATCH`. */
  readonly html?: string;
  readonly routes?: Routes;
  /** Path of the page; default `/`. */
  readonly path?: string;
}

interface Watched {
  readonly __troubles: readonly string[];
  readonly __recorder: Recorder;
  readonly __alive: () => Alive;
}

/** The script that records what the page does. It must come before every other script. */
export const WATCH = '<script src="/watch.js"></script>';

/** A page in WebKit, used by mouse and keyboard. It records its own events and errors, as WebDriver reports none. */
export class WatchedPage implements AsyncDisposable {
  readonly driver: WebDriver;
  readonly #server: PageServer;

  private constructor(driver: WebDriver, server: PageServer) {
    this.driver = driver;
    this.#server = server;
  }

  static async open(
    driver: WebDriver,
    { html = '<realtime-voice></realtime-voice>', routes, path = '/' }: WatchedOptions = {},
  ): Promise<WatchedPage> {
    const body = [installRecorder, installAliveCounters, recordTroubles].map((step) => `(${step})();`).join('\n');
    const server = await startPageServer({
      '/': { body: documentWith(html, 'module').replace('<head>', `<head>${WATCH}`) },
      '/watch.js': { body: `globalThis.__name ??= (it) => it;\n${body}` },
      ...routes,
    });
    await driver.goTo(server.url + path);
    const page = new WatchedPage(driver, server);
    await page.#drawn();
    return page;
  }

  /** Reloads the page, which clears the records. */
  async reload(): Promise<void> {
    await this.driver.reload();
    await this.#drawn();
  }

  /** Clicks the middle of a node, by its selector in the shadow root of the first element, or the one at `index`. */
  async click(selector: string, index = 0): Promise<void> {
    const [x, y] = await this.driver.evaluate(
      (selector, index) => {
        const target = document.querySelectorAll('realtime-voice')[index]!.shadowRoot!.querySelector(selector);
        if (!target) throw new Error(`There is no ${selector}`);
        target.scrollIntoView({ block: 'center' });
        const { left, top, width, height } = target.getBoundingClientRect();
        const place = [left + width / 2, top + height / 2] as const;
        const hit = (target.getRootNode() as ShadowRoot).elementFromPoint(...place);
        if (!target.contains(hit)) throw new Error(`${selector} is covered by ${hit?.outerHTML.slice(0, 80)}`);
        return place;
      },
      selector,
      index,
    );
    await this.driver.click(x, y);
  }

  /** Presses Tab until a part has the focus. */
  async tabTo(part: string, key = 'Tab'): Promise<void> {
    const passed: (string | null)[] = [];
    while (passed.at(-1) !== part) {
      if (passed.length === 20) throw new Error(`${part} is not reached by ${key}; passed: ${passed.join()}`);
      await this.driver.press(key);
      passed.push(await this.focused());
    }
  }

  /** The part that has the focus, or its text if it is no part; null if the element has no focus. */
  focused(): Promise<string | null> {
    return this.driver.evaluate(() => {
      const active = document.querySelector('realtime-voice')!.shadowRoot!.activeElement;
      const whole = active?.closest('button, label');
      return (
        active && (active.getAttribute('part') ?? (whole?.querySelector('span') ?? whole ?? active).textContent.trim())
      );
    });
  }

  /** The visible text of the element, or of nodes in it, with white space collapsed. */
  words(selector = ':host > *, .card, .launcher'): Promise<string> {
    return this.driver.evaluate((selector) => {
      const found = [...document.querySelector('realtime-voice')!.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
      return found
        .map((node) => node.innerText)
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim();
    }, selector);
  }

  events(type: string): Promise<SeenEvent[]> {
    return this.driver.evaluate((type) => {
      return (window as unknown as Watched).__recorder.events.filter((event) => event.type === type) as SeenEvent[];
    }, type);
  }

  alive(): Promise<Alive> {
    return this.driver.evaluate(() => (window as unknown as Watched).__alive());
  }

  /** Uncaught errors, unhandled rejections, policy violations, and console errors and warnings. */
  troubles(): Promise<readonly string[]> {
    return this.driver.evaluate(() => (window as unknown as Watched).__troubles);
  }

  #drawn(): Promise<void> {
    return this.driver.evaluate(async () => {
      await customElements.whenDefined('realtime-voice');
      await document.querySelector('realtime-voice')!.updateComplete;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.close();
  }
}

/** Runs in the page before its scripts. It must not use anything outside itself. */
function recordTroubles(): void {
  const troubles: string[] = [];
  Object.assign(window, { __troubles: troubles });
  window.addEventListener('error', ({ message }) => troubles.push(`error: ${message}`));
  window.addEventListener('unhandledrejection', ({ reason }) => troubles.push(`rejection: ${String(reason)}`));
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    troubles.push(`${effectiveDirective}: ${blockedURI}`),
  );
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...said) => void troubles.push(`${level}: ${said.map(String).join(' ')}`);
  }
}
