import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { RealtimeVoiceElement } from '../../src/index.js';
import { openPage, type OpenPage } from '../support/page.js';
import type { Routes } from '../support/page-server.js';
import { closeTab, openTab } from '../support/tabs.js';
import { until } from '../e2e/support/until.js';

/** A development server builds the page when it is asked for, on two cores. */
const FIRST_PAGE_LIMIT_MS = 90_000;

/** Opens the page of a stack: `index.html` of a folder, with the files beside it. */
export async function openStack(browser: Browser, folder: string, routes: Routes): Promise<OpenPage> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(js|css)$/.test(file));
  const beside = files.map((file) => [`/${file.replaceAll('\\', '/')}`, { body: readFileSync(join(folder, file)) }]);
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  return openPage(browser, { html, routes: { ...Object.fromEntries(beside), ...routes } });
}

/**
 * The page has a call with the practice server. What every stack does is there: an attribute with a URL, a boolean that
 * is false, a property with an array, and a listener that writes all states to `<output>`.
 */
export async function assertTalks({ page, errors, console }: OpenPage): Promise<void> {
  // React makes inert what a server has rendered, until it is hydrated.
  await page.waitForFunction(() =>
    document.querySelector('realtime-voice:not([inert])')?.shadowRoot?.querySelector('button'),
  );
  const { tools, noTextInput, attribute } = await page.$eval('realtime-voice', (element) => ({
    tools: element.tools.map(({ name }) => name),
    noTextInput: element.noTextInput,
    attribute: element.hasAttribute('no-text-input'),
  }));
  assert.deepEqual({ tools, noTextInput, attribute }, { tools: ['hours'], noTextInput: false, attribute: false });

  await page.$eval('realtime-voice', async (element) => {
    // Chromium's fake microphone beeps, which would interrupt the answer.
    element.muted = true;
    await element.start();
    if (!element.shadowRoot!.querySelector('[part~="text-field"]')) throw new Error('There is no text field.');
    await element.sendText('Are you there?');
  });
  await until(
    'the question is answered',
    () =>
      page.$eval('realtime-voice', ({ transcript }) =>
        transcript.map(({ role, text, status }) => `${role}: ${text} (${status})`),
      ),
    (lines) => lines.includes('assistant: You typed: Are you there? (final)'),
  );
  await page.waitForFunction(() => document.querySelector('realtime-voice')!.state === 'listening');
  await page.$eval('realtime-voice', (element) => element.stop());
  const states = await until(
    'the listener has heard of the end',
    () => page.$eval('output', ({ textContent }) => textContent!.trim()),
    (states) => states.endsWith('idle'),
  );
  assert.match(states, /^connecting listening thinking speaking listening idle$/);
  assert.deepEqual([errors, console], [[], []]);
}

/** A visitor of a running site presses the start button, types a question, and reads its answer. */
export async function assertAnswers(browser: Browser, url: string, prepare?: (page: Page) => void): Promise<void> {
  const page = await openTab(browser);
  prepare?.(page);
  try {
    await page.goto(url, { timeout: FIRST_PAGE_LIMIT_MS });
    // A development server may load the page again when it has found the packages.
    await until(
      'the button is there and starts a call',
      () => page.evaluate(startCall).catch(() => ''),
      (state) => state === 'listening' || state === 'failed',
      FIRST_PAGE_LIMIT_MS,
    );
    await page.$eval('realtime-voice', async (element) => {
      if (element.error) throw new Error(element.error.message);
      await element.sendText('Are you there?');
    });
    await until(
      'the question is answered',
      () =>
        page.$eval('realtime-voice', ({ transcript }) => transcript.map(({ text, status }) => `${text} (${status})`)),
      (lines) => lines.includes('You typed: Are you there? (final)'),
    );
  } finally {
    await closeTab(page);
  }
}

function startCall(): string | undefined {
  // React makes inert what a server has rendered, until it is hydrated.
  const element = document.querySelector<RealtimeVoiceElement>('realtime-voice:not([inert])');
  const start = element?.shadowRoot?.querySelector<HTMLElement>('[part~="start-button"]');
  // Chromium's fake microphone beeps, which would interrupt the answer.
  if (element && start) element.muted = true;
  const launcher = element?.shadowRoot?.querySelector<HTMLElement>('[part~="launcher"]');
  if (element?.state === 'idle') (start ?? launcher)?.click();
  return element?.state;
}
