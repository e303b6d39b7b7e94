import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import type { ScriptedSession, ScriptedVoiceElement } from '../../element/scripted-session.js';
import { openPage, type OpenPage } from '../../support/page.js';

export interface Surroundings {
  readonly name: string;
  readonly scheme?: 'dark';
  readonly forced?: boolean;
  readonly dir?: 'rtl';
  readonly lang?: string;
  /** Of the window, in CSS pixels. */
  readonly width?: number;
  readonly height?: number;
}

interface Scene {
  readonly element: ScriptedVoiceElement;
  readonly session: ScriptedSession;
  /** A call that is up. */
  readonly call: (options?: { microphone: boolean }) => void;
}

/** What brings each face about. Each runs in the page and must not refer to anything outside itself. */
export const STATES: Readonly<Record<string, (scene: Scene) => void>> = {
  idle: () => {},
  'asking for the microphone': ({ element }) => void element.start(),
  connecting: ({ element, session }) => {
    void element.start();
    session.microphone = 'on';
    session.changed();
  },
  listening: ({ call, session }) => {
    call();
    session.inputLevel = 0.75;
    session.say({ id: '1', text: 'Do you still have the blue' });
  },
  thinking: ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.to('thinking');
    session.runningTools = ['check_stock'];
    session.changed();
  },
  speaking: ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store, and delivery' });
    session.to('speaking');
    session.outputLevel = 0.9;
  },
  muted: ({ call, element, session }) => {
    call();
    element.muted = true;
    session.warn('muted-speech');
  },
  'push-to-talk': ({ call, element }) => {
    element.pushToTalk = true;
    call();
  },
  'about to end': ({ call, session }) => {
    call();
    session.warn('idle', 15);
  },
  'a question of a tool': ({ call, session }) => {
    call();
    session.to('thinking');
    void session.options.confirmTool!({ name: 'book', question: 'Book the visit on Tuesday at 10:00?', signal: new AbortController().signal });
  },
  reconnecting: ({ call, session }) => {
    call();
    session.to('reconnecting');
  },
  'typed only': ({ call, session }) => {
    call({ microphone: false });
    session.say({ id: '1', source: 'text', text: 'Hello there', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'Hello! What can I do for you today?', status: 'interrupted' });
  },
  'blocked microphone': ({ element, session }) => {
    void element.start();
    session.fail('microphone-denied');
  },
  'lost connection': ({ call, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.fail('connection-lost');
  },
  ended: ({ call, element, session }) => {
    call();
    session.say({ id: '1', text: 'Do you still have the blue armchair?', status: 'final' });
    session.say({ id: '2', role: 'assistant', text: 'We do. Two are left in the Bergen store.', status: 'final' });
    element.stop();
  },
  'long conversation': ({ call, session }) => {
    call();
    for (let id = 0; id < 14; id++) {
      session.say({ id: `${id}`, role: id % 2 ? 'assistant' : 'user', text: 'Some words that make it run over a line or two.', status: 'final' });
    }
  },
  consent: ({ element }) => {
    element.consent = '1';
    void element.start();
  },
  settings: ({ call, element }) => {
    call();
    element.shadowRoot!.querySelector<HTMLElement>('[part="settings-button"]')?.click();
  },
};

let bundled: Promise<string> | undefined;

/** The element on a session that does what it is told, with all languages. */
function script(): Promise<string> {
  return (bundled ??= build({
    stdin: {
      contents: ['./test/element/scripted-session.ts', './src/locales/ar.ts', './src/locales/de.ts'].map((file) => `import '${file}';`).join('\n'),
      resolveDir: '.',
    },
    // The package says that its sources have no effects of their own.
    ...{ ignoreAnnotations: true, bundle: true, format: 'esm', target: 'es2022', write: false, tsconfig: 'tsconfig.json', logLevel: 'silent' },
  }).then(({ outputFiles }) => outputFiles[0]!.text));
}

/** A page with one element, which shows one face after the other. */
export class LookPage {
  readonly #opened: OpenPage;
  readonly #name: string;
  readonly #variant: string;

  private constructor(opened: OpenPage, variant: string, name: string) {
    this.#opened = opened;
    this.#variant = variant;
    this.#name = name;
  }

  static async open(browser: Browser, variant: string, surroundings: Surroundings): Promise<LookPage> {
    const { name, scheme, forced, dir = 'ltr', lang = 'en', width = 800, height = 900 } = surroundings;
    const opened = await openPage(browser, {
      html: `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Looks</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<script type="module" src="/looks.js"></script></head><body><main><h1>Looks</h1></main></body></html>`,
      routes: {
        '/looks.js': { body: await script(), headers: { 'content-type': 'text/javascript; charset=utf-8' } },
        '/page.css': {
          body: ':root { color-scheme: light dark; font: 16px/1.5 sans-serif } body { margin: 8px }',
          headers: { 'content-type': 'text/css' },
        },
      },
    });
    const { page } = opened;
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme ?? 'light' }]);
    if (forced) {
      const session = await page.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    }
    await page.waitForFunction(() => customElements.get('scripted-voice'));
    return new LookPage(opened, variant, name);
  }

  get page(): Page {
    return this.#opened.page;
  }

  async show(state: string): Promise<void> {
    await this.page.evaluate(`(${show})(${JSON.stringify(this.#variant)}, ${STATES[state]})`);
  }

  /** What a designer would send back. */
  faults(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = [];
      const element = document.querySelector('scripted-voice')!;
      const root = element.shadowRoot!;
      if (document.documentElement.scrollWidth > innerWidth) found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} px`);
      const seen = (node: Element): boolean => node.getClientRects().length > 0 && !node.closest('.unseen');
      const name = (node: Element): string => node.getAttribute('part') ?? (node.getAttribute('class') || node.localName);
      const buttons = [...root.querySelectorAll('button, input, select, textarea')].filter(seen);
      for (const button of buttons) {
        const { width, height } = button.getBoundingClientRect();
        if (Math.min(width, height) < (button.matches('[type=range]') ? 14 : 20) - 0.5) found.push(`${name(button)} is ${width} × ${height}`);
      }
      for (const node of root.querySelectorAll<HTMLElement>('button, .heading, .word, .hint, .notice, .entry, .choice, .microphone')) {
        if (!seen(node) || node.closest('.interrupt span')) continue;
        const clipped = node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && getComputedStyle(node).display !== 'inline';
        if (clipped) found.push(`${name(node)} is cut off: ${node.scrollWidth} > ${node.clientWidth}`);
        const { left, right } = node.getBoundingClientRect();
        if (left < -0.5 || right > innerWidth + 0.5) found.push(`${name(node)} leaves the window: ${left} to ${right}`);
      }
      for (const [index, one] of buttons.entries()) {
        for (const other of buttons.slice(index + 1)) {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
          const scrolled = one.closest('.drawer') !== other.closest('.drawer');
          if (width > 1 && height > 1 && !scrolled) found.push(`${name(one)} and ${name(other)} overlap`);
        }
      }
      const dock = root.querySelector('.dock')?.getBoundingClientRect();
      if (dock && (dock.top < -0.5 || dock.bottom > innerHeight + 0.5)) found.push(`the panel leaves the window: ${dock.top} to ${dock.bottom}`);
      return found;
    });
  }

  async picture(state: string): Promise<void> {
    const folder = join('test/report/looks', this.#variant, this.#name.replace(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${state.replace(/\W+/g, '-')}.png`) as `${string}.png` });
  }

  /** All pictures of a variant on one sheet, surroundings beneath each other. */
  static async contactSheet(browser: Browser, variant: string): Promise<void> {
    const folder = join('test/report/looks', variant);
    const rows = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => {
      const pictures = readdirSync(join(folder, name)).map((file) => {
        const data = readFileSync(join(folder, name, file)).toString('base64');
        return `<figure><img src="data:image/png;base64,${data}"><figcaption>${file.replace('.png', '')}</figcaption></figure>`;
      });
      return `<h2>${name}</h2><div>${pictures.join('')}</div>`;
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 2000, height: 1000 });
    await page.setContent(`<style>body{font:12px sans-serif}div{display:flex;flex-wrap:wrap;gap:8px}figure{margin:0}img{height:360px;border:1px solid #999}</style>${rows.join('')}`);
    await page.screenshot({ path: `${folder}.png` as `${string}.png`, fullPage: true });
    await page.close();
  }

  close(): Promise<void> {
    return this.#opened.close();
  }
}

/** Runs in the page: an element in a new face. */
async function show(variant: string, bring: (scene: Scene) => void): Promise<void> {
  localStorage.clear();
  document.querySelector('scripted-voice')?.remove();
  const element = document.createElement('scripted-voice');
  element.setAttribute('variant', variant);
  element.setAttribute('label', 'Ask Fern & Co.');
  element.toggleAttribute('open', true);
  document.querySelector('main')!.append(element);
  await element.updateComplete;
  const session = element.script!;
  const call = (options?: { microphone: boolean }): void => {
    void element.start(options);
    session.ready();
  };
  bring({ element, session, call });
  await element.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
