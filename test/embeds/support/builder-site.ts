import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { installRecorder } from '../../e2e/support/recorder.js';
import { RunningCall } from '../../e2e/support/running-call.js';
import { until } from '../../e2e/support/until.js';
import { VoicePage } from '../../e2e/support/voice-page.js';
import { openPage } from '../../support/page.js';
import { startPageServer, type PageServer, type Route } from '../../support/page-server.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { startServer, type ServerProcess } from '../../support/server-process.js';
import { sharedChromium } from '../../support/shared-browsers.js';

const KEY = 'key-of-the-embeds-0123456789';

/**
 * A website at a builder, and the owner's own server, the reference server, at another origin: it has the key, and
 * serves the element's file. Behind it is the practice server.
 */
export class BuilderSite {
  readonly practice: PracticeProcess;
  /** The owner's server. */
  readonly server: ServerProcess;
  readonly #pages: PageServer;
  /** Pages of another origin, such as what a builder shows in a frame. */
  readonly #frames: PageServer;
  readonly #routes: Record<string, Route>;

  private constructor(practice: PracticeProcess, server: ServerProcess, pages: PageServer[], routes: BuilderRoutes) {
    this.practice = practice;
    this.server = server;
    [this.#pages, this.#frames] = pages as [PageServer, PageServer];
    this.#routes = routes;
  }

  static async open(): Promise<BuilderSite> {
    const routes: BuilderRoutes = {};
    const [practice, ...pages] = await Promise.all([
      startPractice(['--voice-rate', '350', '--thinking-ms', '20', '--api-key', KEY]),
      startPageServer(routes),
      startPageServer(routes),
    ]);
    const server = await startServer({
      name: 'The reference server',
      run: ['demo/reference/server.js'],
      env: {
        PORT: '0',
        OPENAI_API_KEY: KEY,
        OPENAI_BASE_URL: practice.url,
        REDIS_URL: '',
        TOKEN_ENDPOINT: '1',
        ALLOWED_ORIGINS: pages.map(({ url }) => url).join(', '),
        LIMIT_PER_ADDRESS: '1000',
        LIMIT_PER_SITE: '1000',
      },
      address: (line) => (line.startsWith('http') ? line.trim() : undefined),
    });
    return new BuilderSite(practice, server, pages, routes);
  }

  get url(): string {
    return this.#pages.url;
  }

  get frameUrl(): string {
    return this.#frames.url;
  }

  /** A file of `demo/embeds`, as an owner pastes it: with the addresses of this server and this service. */
  snippet(path: string): string {
    return readFileSync(`demo/embeds/${path}`, 'utf8')
      .replaceAll('https://voice.example', this.server.url)
      .replaceAll('https://api.openai.com', this.practice.url);
  }

  /** Adds or replaces a page. */
  serve(path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): void {
    this.#routes[path] = { body, headers };
  }

  async visit(path: string): Promise<VoicePage> {
    const opened = await openPage(await sharedChromium(), { html: '', script: 'none' });
    await opened.page.evaluateOnNewDocument(installRecorder);
    await opened.page.goto(this.url + path, { waitUntil: 'load' });
    return new VoicePage(opened);
  }

  /** Starts a call, muted: Chromium's fake microphone beeps, which would interrupt answers. */
  async begin(voice: VoicePage): Promise<RunningCall> {
    await voice.page.waitForSelector('realtime-voice:defined');
    await voice.page.$eval('realtime-voice', async (element) => {
      const page = window as unknown as { ended?: string[] };
      const ended = (page.ended ??= []);
      // On the element itself: the events of one that is out of the document do not reach the document.
      element.addEventListener('voice-end', ({ detail }) => ended.push(detail.reason));
      element.muted = true;
      await element.start();
    });
    return RunningCall.of(voice, this.practice.url);
  }

  async close(): Promise<void> {
    await Promise.all([this.#pages, this.#frames].map((pages) => pages?.close()));
    await this.server?.stop();
    await this.practice?.stop();
  }
}

type BuilderRoutes = Record<string, Route>;

/** A document with this body, as builders make them: other scripts and styles are the test's. */
export function documentOf(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bicycle shop</title>${head}</head>
<body>${body}</body></html>`;
}

/** The call has ended because its element was removed, and the page holds no microphone and no connection any more. */
export async function assertRemoved(call: RunningCall): Promise<void> {
  const { voice } = call;
  const reasons = (): Promise<string[]> => voice.page.evaluate(() => (window as unknown as { ended: string[] }).ended);
  const ended = await until('the element is told', reasons, ({ length }) => length > 0, 5000);
  assert.deepEqual(ended, ['removed']);
  await assertSilent(voice);
  await call.untilClosed(5000);
}

/** The page holds no microphone and no connection. */
export async function assertSilent({ opened }: VoicePage): Promise<void> {
  await until(
    'nothing is open',
    async () => {
      const { tracks, peers, contexts } = await opened.alive();
      return { tracks, peers, contexts };
    },
    ({ tracks, peers, contexts }) => tracks + peers + contexts === 0,
    5000,
  );
}

/** Neither the browser nor the page has anything to complain about. */
export function assertNoComplaints({ opened }: VoicePage): void {
  assert.deepEqual([opened.errors, opened.console], [[], []]);
}
