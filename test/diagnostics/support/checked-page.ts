import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'puppeteer-core';
import type {
  CheckName,
  EnvironmentCheck,
  EnvironmentOptions,
  EnvironmentReport,
} from '../../../src/diagnostics/index.js';
import { until } from '../../e2e/support/until.js';
import type { Alive } from '../../support/alive-counters.js';
import { openPage, type OpenPage, type PageOptions } from '../../support/page.js';
import type { Routes } from '../../support/page-server.js';

export type Attributes = Readonly<Record<string, string>>;

/** The panel as its script file, and the function as a page would bundle it. */
export async function checkRoutes(): Promise<Routes> {
  const bundle = await build({
    stdin: {
      contents: `import { checkEnvironment } from './src/diagnostics/index.ts'; Object.assign(window, { checkEnvironment });`,
      resolveDir: '.',
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return {
    '/diagnostics.min.js': { body: readFileSync('dist/diagnostics.min.js') },
    '/checks.js': { body: bundle.outputFiles[0]!.text },
  };
}

/** A document with the panel. */
export function panelDocument(attributes: Attributes): string {
  const set = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Support</title>
<meta name="viewport" content="width=device-width">
<script type="module" src="/checks.js"></script><script defer src="/diagnostics.min.js"></script></head>
<body><main><h1>Support</h1><realtime-voice-diagnostics${set.join('')}></realtime-voice-diagnostics></main></body></html>`;
}

export async function openPanel(
  browser: Browser,
  attributes: Attributes,
  options: PageOptions = {},
): Promise<OpenPage> {
  const routes = { ...(await checkRoutes()), ...options.routes };
  return openPage(browser, { html: panelDocument(attributes), ...options, routes });
}

/** Runs all checks by the panel's own method, and answers the question for the chime. */
export async function runPanel(frame: Page | Frame): Promise<EnvironmentReport> {
  // As text, because the driver of Firefox sends an object that is named twice only once.
  const report = await frame.evaluate(async () => {
    const panel = document.querySelector('realtime-voice-diagnostics')!;
    const answer = setInterval(() => panel.shadowRoot!.querySelector<HTMLElement>('[part=yes-button]')?.click(), 50);
    await panel.start();
    clearInterval(answer);
    return JSON.stringify(panel.report);
  });
  return JSON.parse(report) as EnvironmentReport;
}

/** Runs `checkEnvironment()` in the page. */
export async function check(
  page: Page | Frame,
  options: Omit<EnvironmentOptions, 'signal' | 'requestInit' | 'tokenSource'>,
): Promise<EnvironmentReport> {
  const report = await page.evaluate(async (chosen) => {
    const { checkEnvironment } = window as unknown as { checkEnvironment(options: object): Promise<object> };
    return JSON.stringify(await checkEnvironment(chosen));
  }, options);
  return JSON.parse(report) as EnvironmentReport;
}

/** Waits for an element of the panel. Puppeteer itself does not notice what appears in a shadow tree. */
export async function appears(page: Page, selector: string): Promise<void> {
  await until(`${selector} is there`, async () => !!(await page.$(`realtime-voice-diagnostics >>> ${selector}`)));
}

export function found(report: EnvironmentReport, name: CheckName): EnvironmentCheck {
  return report.checks.find((each) => each.name === name)!;
}

/** Every result as `name status code`. */
export function results({ checks }: EnvironmentReport): string[] {
  return checks.map(({ name, status, code }) => `${name} ${status} ${code}`);
}

/** Waits, because an AudioContext takes a moment to close. */
export async function assertNothingOpen(opened: OpenPage): Promise<void> {
  await until(
    'nothing is alive',
    async () => {
      const { made: _, stored, ...alive }: Alive = await opened.alive();
      return { ...alive, stored };
    },
    (alive) => Object.values(alive).every((count) => count === 0),
    5000,
  );
}
