import assert from 'node:assert/strict';
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
  const report = await frame.evaluate(async () => {
    const panel = document.querySelector('realtime-voice-diagnostics')!;
    const answer = setInterval(() => panel.shadowRoot!.querySelector<HTMLElement>('[part=yes-button]')?.click(), 50);
    await panel.start();
    clearInterval(answer);
    return panel.report;
  });
  assert.ok(report, 'there is a report');
  return report;
}

/** Runs `checkEnvironment()` in the page. */
export function check(
  page: Page | Frame,
  options: Omit<EnvironmentOptions, 'signal' | 'requestInit' | 'tokenSource'>,
): Promise<EnvironmentReport> {
  return page.evaluate(
    (chosen) =>
      (window as unknown as { checkEnvironment(options: object): Promise<EnvironmentReport> }).checkEnvironment(chosen),
    options,
  );
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
