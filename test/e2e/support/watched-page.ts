import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { lookSite } from '../../support/look-site.js';
import { showing } from '../../support/look-states.js';
import { type OpenPage, openPage } from '../../support/page.js';
import { until } from './until.js';

/** What happened while a page was watched. */
export interface Counted {
  readonly layouts: number;
  readonly recalculations: number;
  /** The frames of the page in which anything was written to the element or inside it. */
  readonly writes: number;
  /** The frames that the element requested. */
  readonly frames: number;
  readonly timers: number;
  /** How long these timers were, in ms, each length once. */
  readonly delays: readonly number[];
  /** How often the levels were read. */
  readonly readings: number;
}

/** Runs in the page. */
interface Watch {
  readings: number;
  delays: Set<number>;
  readonly listeners: Record<string, number>;
  during(frames: number): Promise<Pick<Counted, 'writes' | 'readings' | 'delays'>>;
}
declare const watch: Watch;

/** A page with one scripted element, in Chromium without reduced motion, which counts what the browser has to do. */
export class WatchedPage {
  readonly #opened: OpenPage;
  readonly #session: CDPSession;

  private constructor(opened: OpenPage, session: CDPSession) {
    this.#opened = opened;
    this.#session = session;
  }

  static async open(browser: Browser): Promise<WatchedPage> {
    const site = await lookSite();
    const opened = await openPage(browser, {
      ...site,
      html: site.html.replace('<script ', '<script src="/watch.js"></script><script '),
      routes: { ...site.routes, '/watch.js': { body: `(${installWatch})()` } },
    });
    await opened.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
    await opened.page.waitForFunction(() => customElements.get('scripted-voice'));
    const session = await opened.page.createCDPSession();
    await session.send('Performance.enable');
    return new WatchedPage(opened, session);
  }

  get page(): Page {
    return this.#opened.page;
  }

  /** Replaces the element by one in this state of `look-states.ts`. */
  async show(state: string): Promise<void> {
    await this.page.evaluate(showing('inline', state));
    await this.page.$eval('scripted-voice', ({ script }) => {
      const { inputLevel } = script;
      Object.defineProperty(script, 'inputLevel', { get: () => (watch.readings++, inputLevel), configurable: true });
    });
    await this.during(3);
    // What has appeared does so softly, for a moment.
    await this.page.$eval('scripted-voice', async ({ shadowRoot }) => {
      await Promise.allSettled(shadowRoot!.getAnimations().map(({ finished }) => finished));
    });
    await this.during(3);
  }

  /** Replaces the element by several. Returns how often the browser laid out the page for that. */
  async showIdle(count: number): Promise<number> {
    const { layouts } = await this.#counters();
    await this.page.evaluate(async (count) => {
      document.querySelector('section')!.innerHTML = '<scripted-voice></scripted-voice>'.repeat(count);
      await Promise.all([...document.querySelectorAll('scripted-voice')].map(({ updateComplete }) => updateComplete));
    }, count);
    await this.during(3);
    return (await this.#counters()).layouts - layouts;
  }

  /** Counts during so many frames of the page. */
  async during(frames: number): Promise<Counted> {
    const before = await this.#counters();
    const seen = await this.page.evaluate((frames) => watch.during(frames), frames);
    const after = await this.#counters();
    return {
      ...seen,
      layouts: after.layouts - before.layouts,
      recalculations: after.recalculations - before.recalculations,
      frames: after.frames - before.frames - frames,
      timers: after.timers - before.timers,
    };
  }

  async #counters(): Promise<Record<'layouts' | 'recalculations' | 'frames' | 'timers', number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)!.value;
    const { made } = await this.#opened.alive();
    const calls = (...names: string[]): number => names.reduce((sum, name) => sum + (made[name] ?? 0), 0);
    return {
      layouts: metric('LayoutCount'),
      recalculations: metric('RecalcStyleCount'),
      frames: calls('requestAnimationFrame'),
      timers: calls('setTimeout', 'setInterval'),
    };
  }

  /** Waits until the bars have reached the levels. */
  async untilStill(): Promise<void> {
    await until(
      'the bars stand still',
      () => this.during(60),
      ({ writes }) => writes === 0,
    );
  }

  /** Each word that is said is painted once. */
  async untilSaid(): Promise<void> {
    await this.page.waitForFunction(() => !CSS.highlights.get('realtime-voice-to-come')?.size);
  }

  /** From now on, both levels are others at each reading. */
  async moveLevels(): Promise<void> {
    await this.page.$eval('scripted-voice', ({ script }) => {
      const moving = { get: () => Math.abs(Math.sin(watch.readings++)), configurable: true };
      const alsoMoving = { get: () => Math.abs(Math.sin(performance.now())), configurable: true };
      Object.defineProperties(script, { inputLevel: moving, outputLevel: alsoMoving });
    });
  }

  /** The names of the layers and parts that are painted in so many frames. */
  async paintedIn(frames: number): Promise<string[]> {
    await this.page.tracing.start({ categories: ['devtools.timeline', 'cc'] });
    await this.during(frames);
    const trace = JSON.parse(new TextDecoder().decode(await this.page.tracing.stop())) as {
      traceEvents: { name: string; args: { data?: object } }[];
    };
    return trace.traceEvents
      .filter(({ name }) => name === 'Paint' || name === 'Layout' || name === 'RasterTask')
      .map(({ name, args }) => `${name} ${JSON.stringify(args.data ?? {})}`);
  }

  async scrollAway(): Promise<void> {
    await this.page.evaluate(async () => {
      document.body.style.paddingBlockEnd = '3000px';
      scrollTo(0, 2000);
    });
    await this.during(5);
  }

  async scrollBack(): Promise<void> {
    await this.page.evaluate(() => scrollTo(0, 0));
    await this.during(5);
  }

  /** The listeners on window and document, by type, that were added and not removed since the page was opened. */
  globalListeners(): Promise<Record<string, number>> {
    return this.page.evaluate(() => watch.listeners);
  }

  close(): Promise<void> {
    return this.#opened.close();
  }
}

/** Runs in the page before any other script. It must not use anything outside itself. */
function installWatch(): void {
  const listeners: Record<string, number> = {};
  const count = (target: EventTarget, type: string, by: number): void => {
    if (target !== window && target !== document) return;
    const name = `${target.constructor.name} ${type}`;
    listeners[name] = (listeners[name] ?? 0) + by;
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, ...args: unknown[]) {
    count(this ?? window, args[0] as string, 1);
    return addEventListener.apply(this ?? window, args as Parameters<typeof addEventListener>);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, ...args: unknown[]) {
    count(this ?? window, args[0] as string, -1);
    return removeEventListener.apply(this ?? window, args as Parameters<typeof removeEventListener>);
  };
  const { setTimeout } = window;
  window.setTimeout = ((...args: Parameters<typeof setTimeout>) => {
    watch.delays.add(args[1] ?? 0);
    return setTimeout.apply(window, args);
  }) as typeof setTimeout;
  const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);
  const watch: Watch = {
    readings: 0,
    delays: new Set(),
    listeners,
    async during(frames) {
      const element = document.querySelector('scripted-voice');
      let isWritten = false;
      const observer = new MutationObserver(() => (isWritten = true));
      const what = { attributes: true, characterData: true, childList: true, subtree: true };
      for (const node of element ? [element, element.shadowRoot!] : []) observer.observe(node, what);
      const { readings } = watch;
      watch.delays = new Set();
      let writes = 0;
      for (let frame = 0; frame < frames; frame++) {
        isWritten = false;
        await nextFrame();
        if (isWritten) writes++;
      }
      observer.disconnect();
      return { writes, readings: watch.readings - readings, delays: [...watch.delays] };
    },
  };
  Object.assign(window, { watch });
}
