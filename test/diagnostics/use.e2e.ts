import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../e2e/support/until.js';
import { assertAccessible } from '../support/axe.js';
import { startDemo } from '../support/demo-process.js';
import { openPage, type OpenPage } from '../support/page.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { closeTab, openTab } from '../support/tabs.js';
import type { ServerProcess } from '../support/server-process.js';
import { appears, openPanel } from './support/checked-page.js';

const PANEL = 'realtime-voice-diagnostics';
const seen = (page: Page, selector: string): Promise<string> =>
  page.$eval(`${PANEL} >>> ${selector}`, (it) => (it as HTMLElement).innerText.replace(/\s+/g, ' ').trim());
/** The part of the shadow tree that has the focus. */
const focused = (page: Page): Promise<string | null> =>
  page.$eval(PANEL, ({ shadowRoot }) => {
    const { activeElement } = shadowRoot!;
    return activeElement && (activeElement.getAttribute('part') ?? activeElement.className);
  });

describe("the demo's page for the support", () => {
  let demo: ServerProcess;
  let page: Page;
  before(async () => {
    demo = await startDemo();
    page = await openTab(await sharedChromium());
  });
  after(async () => {
    await closeTab(page);
    await demo?.stop();
  });

  it('is used by keyboard alone, from the link of the shop to the copied report', async () => {
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    await page.goto(demo.url, { waitUntil: 'load' });
    await page.focus('a[href="/diagnostics/"]');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.equal(await page.evaluate(() => location.pathname), '/diagnostics/');
    await page.bringToFront();
    await appears(page, '[part=run-button]');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'run-button');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'run-button');
    assert.match(await seen(page, '[role=status]'), /^Checking: /);

    await appears(page, '[part=yes-button]');
    assert.equal(await focused(page), 'run-button', 'the question takes no focus');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'yes-button');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'status');
    await appears(page, '[part=copy-button]');
    assert.equal(await seen(page, '[role=status]'), 'Everything works.');
    assert.equal(await seen(page, '[part=run-button]'), 'Run again');
    const words = await page.$$eval(`${PANEL} >>> .word`, (all) => all.map((word) => word.textContent));
    assert.deepEqual(words, Array(9).fill('Passed'));

    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    assert.equal(await focused(page), 'copy-button');
    await page.keyboard.press('Enter');
    await until('the copy is confirmed', async () => /The report is copied\./.test(await seen(page, '[role=status]')));
    // What is in the clipboard, by pasting it.
    await page.evaluate(() => {
      const field = document.body.appendChild(document.createElement('textarea'));
      field.focus();
    });
    await page.keyboard.down('Control');
    await page.keyboard.press('KeyV');
    await page.keyboard.up('Control');
    const pasted = await page.$eval('textarea', (field) => field.value);
    assert.match(
      pasted,
      /^Voice check: passed, 20[^]*PASSED connection \(ok, [^]*protocol: udp[^]*PASSED audio-output/,
    );
    assert.deepEqual(failures, []);
  });
});

describe('the panel', () => {
  let practice: PracticeProcess;
  let browser: Browser;
  before(async () => {
    practice = await startPractice();
    browser = await sharedChromium();
  });
  after(() => practice?.stop());

  it('has no accessibility faults before, during and after the checks, in light and dark', async () => {
    await using opened = await openPanel(browser, { 'token-url': '/none' });
    const { page } = opened;
    await page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'light dark'));
    const audit = async (): Promise<void> => {
      for (const value of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
        await assertAccessible(page, PANEL);
      }
    };
    await audit();
    await page.$eval(PANEL, (panel) => void panel.start());
    await appears(page, 'meter');
    await assertAccessible(page, PANEL);
    await appears(page, '[part=no-button]');
    await audit();
    await page.$eval(`${PANEL} >>> [part=no-button]`, (button) => (button as HTMLElement).click());
    await appears(page, '[part=copy-button]');
    await page.$eval(`${PANEL} >>> details`, (details) => void (details.open = true));
    await audit();
  });

  it('names what to do first, and takes the answer that nothing was heard', async () => {
    await using opened = await openPanel(browser, {});
    const report = await notHeard(opened);
    assert.deepEqual([report.first?.name, report.first?.code, report.status], ['audio-output', 'not-heard', 'failed']);
    const text = await seen(opened.page, '[role=status]');
    assert.equal(text, `Something is in the way: Sound. ${report.first!.message}`);
  });

  it('shows the reason that a sentence refers to, only as text, and keeps full stops in their place', async () => {
    const body = JSON.stringify({ error: '<b>Closed</b>, see https://shop.example/?user=7' });
    const routes = { '/token': { status: 503, headers: { 'content-type': 'application/json' }, body } };
    await using opened = await openPanel(browser, { 'token-url': '/token' }, { routes });
    await opened.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    const report = await notHeard(opened);
    assert.match(report.first!.message, /see the reason/);
    assert.match(await seen(opened.page, '[data-check=token] .reason'), /503: <b>Closed<\/b>, see .*\/\*\*\*$/);
    // In a text that runs to the left, the full stop would be at the left.
    const stops = await opened.page.$$eval(`${PANEL} >>> :is(h2, p, strong, .message, .reason)`, (texts) =>
      texts.filter((text) => getComputedStyle(text).unicodeBidi !== 'plaintext').map(({ textContent }) => textContent),
    );
    assert.deepEqual(stops, []);
  });

  it('starts again right after a stop, and tells both who started when the checks have ended', async () => {
    await using opened = await openPanel(browser, {});
    const ended = await opened.page.$eval(PANEL, async (panel) => {
      const answer = setInterval(() => panel.shadowRoot!.querySelector<HTMLElement>('[part=yes-button]')?.click(), 50);
      const first = panel.start();
      panel.stop();
      const second = panel.start();
      const third = panel.start();
      await Promise.all([first, third]);
      const report = panel.report?.status;
      await second;
      clearInterval(answer);
      return [second === third, report];
    });
    assert.deepEqual(ended, [true, 'passed']);
    assert.equal(await seen(opened.page, '[role=status]'), 'Everything works.');
  });

  it('shows the texts of the page, and only as text', async () => {
    await using opened = await openPanel(browser, {});
    const message = 'Nichts gehört. <img src=x onerror="document.title = 1">';
    await opened.page.$eval(
      PANEL,
      (panel, said) => {
        panel.strings = {
          heading: 'Verbindung prüfen',
          someFailed: 'Zuerst: {check}',
          checks: { 'audio-output': 'Ton $& <b>' },
          statuses: { failed: 'Fehler' },
          messages: { 'audio-output:not-heard': said },
        };
      },
      message,
    );
    await notHeard(opened);
    assert.equal(await seen(opened.page, 'h2'), 'Verbindung prüfen');
    assert.equal(await seen(opened.page, '[role=status]'), `Zuerst: Ton $& <b> ${message}`);
    assert.equal(await seen(opened.page, '[data-check=audio-output] .word'), 'Fehler');
    assert.equal(await seen(opened.page, '[data-check=browser] .word'), 'Passed');
    assert.equal(await opened.page.$(`${PANEL} >>> img`), null);
  });

  it('does nothing before the press, and a double click does not stop it again', async () => {
    await using opened = await openPanel(browser, {});
    const { made } = await opened.alive();
    assert.deepEqual(
      [made['getUserMedia'], made['AudioContext'], made['setTimeout']],
      [undefined, undefined, undefined],
    );
    await opened.page.bringToFront();
    // Where both Start and Stop are.
    await opened.page.click(`${PANEL} >>> [part=run-button]`, { count: 2, offset: { x: 20, y: 20 } });
    await appears(opened.page, '[part=yes-button]');
    await opened.page.click(`${PANEL} >>> [part=run-button]`);
    assert.equal(await seen(opened.page, '[role=status]'), 'Stopped.');
  });

  it('selects the report where the page may not copy', async () => {
    await using opened = await openPanel(browser, {}, { host: 'insecure.test' });
    await notHeard(opened);
    await opened.page.bringToFront();
    await opened.page.click(`${PANEL} >>> [part=copy-button]`);
    await appears(opened.page, 'details[open]');
    assert.match(await seen(opened.page, '[role=status]'), /Select the text below/);
    const selected = await opened.page.evaluate(() => String(getSelection()));
    assert.match(selected, /^Voice check: failed[^]*FAILED secure-context/);
  });

  it('is there once, however often its script is loaded, beside the element', async () => {
    const script = (name: string): string => `<script defer src="/${name}"></script>`;
    const html = `<!doctype html><html lang="en"><title>Page</title>
${['realtime-voice.min.js', 'diagnostics.min.js', 'diagnostics.min.js?2'].map(script).join('')}
<realtime-voice></realtime-voice><${PANEL}></${PANEL}>`;
    const types = "trusted-types realtime-voice realtime-voice-diagnostics 'allow-duplicates'";
    const headers = { 'content-security-policy': `require-trusted-types-for 'script'; ${types}` };
    const routes = { '/diagnostics.min.js': { body: readFileSync('dist/diagnostics.min.js') } };
    await using opened = await openPage(browser, { html, headers, routes });
    await appears(opened.page, 'h2');
    await opened.page.waitForSelector('realtime-voice >>> [part=panel]');
    assert.deepEqual([...opened.errors, ...(await opened.violations())], []);
  });
});

/** Runs the checks without endpoints, and says that the chime was not heard. */
async function notHeard({ page }: OpenPage) {
  const report = await page.$eval(PANEL, async (panel) => {
    const answer = setInterval(() => panel.shadowRoot!.querySelector<HTMLElement>('[part=no-button]')?.click(), 50);
    await panel.start();
    clearInterval(answer);
    return panel.report;
  });
  return report!;
}
