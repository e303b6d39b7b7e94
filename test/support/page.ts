import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { installAliveCounters, type Alive } from './alive-counters.js';
import { startPageServer, type Routes } from './page-server.js';
import { closeTab, openTab } from './tabs.js';

export interface PageOptions {
  /** A body, or a whole document if it begins with a doctype. */
  html?: string;
  /** Response headers of the document, such as `content-security-policy`. */
  headers?: Readonly<Record<string, string>>;
  /** How the built file is loaded; default `module`. */
  script?: 'module' | 'classic' | 'none';
  /** The nonce of every script of the document, for a policy that requires one. */
  nonce?: string;
  routes?: Routes;
  /** A host name of `TEST_HOSTS` instead of the local address: an insecure origin. */
  host?: string;
}

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** The origin of the page. */
  readonly url: string;
  /** `console.error` and `console.warn`, as `type: text`. */
  readonly console: readonly string[];
  /** Uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
  /** Bodies are known in Chromium only. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly body: string | undefined }[];
  /** The violations of the content security policy so far, as `directive: blocked URL`. */
  violations(): Promise<string[]>;
  /** What the page holds now. */
  alive(): Promise<Alive>;
  close(): Promise<void>;
}

/** Opens a page with the built element, and records its console messages, errors, requests and policy violations. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<OpenPage> {
  const {
    html = '<realtime-voice></realtime-voice>',
    headers = {},
    script = 'module',
    nonce,
    routes = {},
    host,
  } = options;
  const body = documentWith(html, script).replaceAll('<script ', nonce ? `<script nonce="${nonce}" ` : '<script ');
  const server = await startPageServer({ '/': { body, headers }, ...routes });
  const url = host ? server.url.replace('127.0.0.1', host) : server.url;
  const page = await openTab(browser);
  const seen = { console: [] as string[], errors: [] as string[], requests: [] as OpenPage['requests'][number][] };
  page.on('console', (message) => {
    const type = message.type() as string;
    if (type === 'error' || type === 'warn' || type === 'warning') seen.console.push(`${type}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    const message = error instanceof Error ? error.message : String(error);
    // Firefox reports policy violations, which have a list of their own, and failed WebRTC connections here, too.
    if (!/^(Content-Security-Policy|WebRTC: )/.test(message)) seen.errors.push(message);
  });
  page.on('request', (request) =>
    seen.requests.push({ method: request.method(), url: request.url(), body: bodyOf(request) }),
  );
  // esbuild, which compiles the tests, calls a helper `__name`, which the page does not have.
  await page.evaluateOnNewDocument('globalThis.__name ??= (it) => it;');
  await page.evaluateOnNewDocument(installAliveCounters);
  await page.evaluateOnNewDocument(recordViolations);
  await page.goto(`${url}/`, { waitUntil: 'load' });

  const close = async (): Promise<void> => {
    await closeTab(page);
    await server.close();
  };
  return {
    page,
    url,
    ...seen,
    violations: () => page.evaluate(() => (window as unknown as { __violations: string[] }).__violations),
    alive: () => page.evaluate(() => (window as unknown as { __alive: () => Alive }).__alive()),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The addresses that got an offer at a service of this path, in order. */
export function offersOf({ requests }: OpenPage, path = '/v1/realtime/calls'): URL[] {
  const posted = requests.filter(({ method }) => method === 'POST').map(({ url }) => new URL(url));
  return posted.filter(({ pathname }) => pathname === path);
}

/** undefined in Firefox, which does not reveal bodies. */
function bodyOf(request: HTTPRequest): string | undefined {
  try {
    return request.postData();
  } catch {
    return undefined;
  }
}

function recordViolations(): void {
  const violations: string[] = [];
  Object.assign(window, { __violations: violations });
  document.addEventListener('securitypolicyviolation', (event) => {
    // The browser requests it by itself.
    if (event.blockedURI.endsWith('/favicon.ico')) return;
    violations.push(`${event.effectiveDirective}: ${event.blockedURI || event.sample}`);
  });
}

/** A complete document with this body. */
export function documentWith(html: string, script: PageOptions['script']): string {
  if (/^\s*<!doctype/i.test(html)) return html;
  const attribute = script === 'module' ? 'type="module"' : 'defer';
  const tag = script === 'none' ? '' : `<script ${attribute} src="/realtime-voice.min.js"></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title>
<meta name="viewport" content="width=device-width">${tag}</head>
<body><main><h1>Test page</h1>${html}</main></body></html>`;
}
