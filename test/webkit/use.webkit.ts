import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { sharedWebKit } from '../support/shared-browsers.js';
import type { WebDriver } from '../support/webdriver.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { WatchedPage } from './support/watched-page.js';

const ELEMENT = '<realtime-voice variant="floating" label="Ask us"></realtime-voice>';
const FLOATING = `<a href="#top">Before</a>${ELEMENT}<a href="#end">After</a>`;

describe('in WebKit', () => {
  let driver: WebDriver;
  before(async () => void (driver = await sharedWebKit()));
  const isOpen = (): Promise<boolean> => driver.evaluate(() => document.querySelector('realtime-voice')!.open);

  it('launcher and panel work by keyboard', async () => {
    await using page = await WatchedPage.open(driver, { html: FLOATING });
    await page.tabTo('launcher');
    await driver.press('Enter');
    assert.deepEqual([await isOpen(), await page.focused()], [true, 'start-button']);
    const outline = await driver.evaluate(
      () => getComputedStyle(document.querySelector('realtime-voice')!.shadowRoot!.activeElement!).outlineWidth,
    );
    assert.equal(outline, '3px', 'the focus is visible');

    // Tab reaches every control, in visual order.
    await page.tabTo('settings-button', 'Shift+Tab');
    for (const part of ['start-button', 'text-field', 'send-button', 'launcher']) {
      await driver.press('Tab');
      assert.equal(await page.focused(), part);
    }
    await page.tabTo('text-field', 'Shift+Tab');
    await driver.press('Escape');
    assert.deepEqual([await isOpen(), await page.focused()], [false, 'launcher']);
    await driver.press(' ');
    assert.deepEqual([await isOpen(), await page.focused()], [true, 'start-button']);
    await untilItCounts();
    await driver.press('Enter');
    assert.equal((await page.events('voice-error')).length, 1, 'Enter starts a call');
    assert.deepEqual(await page.troubles(), []);
  });

  it('a click on the launcher moves the focus into the panel, even where clicks do not focus buttons', async () => {
    await using page = await WatchedPage.open(driver, { html: FLOATING });
    await driver.evaluate(() => addEventListener('mousedown', (event) => event.preventDefault()));
    await page.click('[part="launcher"]');
    assert.deepEqual([await isOpen(), await page.focused()], [true, 'start-button']);
    await driver.press('Escape');
    assert.deepEqual([await isOpen(), await page.focused()], [false, 'launcher']);
  });

  it('consent is asked for, declined, accepted and remembered', async () => {
    const html = '<realtime-voice consent="2026-11"><p slot="consent">We record the call.</p></realtime-voice>';
    await using page = await WatchedPage.open(driver, { html });
    const focusedId = (): Promise<unknown> =>
      driver.evaluate(() => document.querySelector('realtime-voice')!.shadowRoot!.activeElement?.id);
    const answers = async (): Promise<unknown[]> => (await page.events('voice-consent')).map(({ detail }) => detail);
    await page.tabTo('start-button');
    await driver.press('Enter');
    // The focus is on the words; the buttons come after them.
    assert.equal(await focusedId(), 'question');
    assert.deepEqual([await page.events('voice-start'), await answers()], [[], []], 'nothing starts before the answer');
    await untilItCounts();
    await driver.press('Tab', 'Enter');
    assert.deepEqual(await answers(), [{ version: '2026-11', accepted: false }]);
    assert.deepEqual([await page.events('voice-error'), await page.focused()], [[], 'start-button']);

    await page.click('[part="start-button"]');
    await untilItCounts();
    await page.click('[part="accept-button"]');
    assert.deepEqual(await answers(), [
      { version: '2026-11', accepted: false },
      { version: '2026-11', accepted: true },
    ]);
    assert.equal(
      (await page.events('voice-error')).length,
      1,
      'then it starts, and reports that calls are unsupported',
    );

    await page.reload();
    await page.click('[part="start-button"]');
    assert.deepEqual(await answers(), [], 'the consent is stored');
    assert.equal((await page.events('voice-error')).length, 1);
    await driver.evaluate(() => document.querySelector('realtime-voice')!.withdrawConsent());
    await page.reload();
    await page.click('[part="start-button"]');
    assert.equal(await focusedId(), 'question', 'after withdrawConsent() it asks again');
    assert.deepEqual(await page.troubles(), []);
  });

  it('the language follows the page and may change at any time', async () => {
    const languages = ['ar', 'de', 'ja'];
    const scripts = languages.map((name) => `<script type="module" src="/${name}.js"></script>`).join('');
    const files = languages.map((name) => [`/${name}.js`, { body: readFileSync(`dist/locales/${name}.min.js`) }]);
    const html = `${scripts}<realtime-voice></realtime-voice>`;
    await using page = await WatchedPage.open(driver, { html, routes: Object.fromEntries(files) });
    const seen: Record<string, string> = {};
    for (const lang of ['de', 'ja', 'en', 'ar']) {
      await driver.evaluate(async (lang) => {
        document.documentElement.lang = lang;
        document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
        await new Promise(requestAnimationFrame);
      }, lang);
      seen[lang] = await page.words('[part="start-button"]');
    }
    assert.deepEqual(seen, { de: 'Gespräch starten', ja: '話す', en: 'Start talking', ar: 'بدء المكالمة' });
    const { gear, heading, direction } = await driver.evaluate(() => {
      const root = document.querySelector('realtime-voice')!.shadowRoot!;
      const left = (selector: string): number => root.querySelector(selector)!.getBoundingClientRect().left;
      return {
        gear: left('.gear'),
        heading: left('.heading'),
        direction: getComputedStyle(root.querySelector('.card')!).direction,
      };
    });
    assert.equal(direction, 'rtl');
    assert.ok(gear < heading, 'the settings button is on the left');
    assert.deepEqual(await page.troubles(), []);
  });

  it('settings open, and choices are stored', async () => {
    await using page = await WatchedPage.open(driver, { html: '<realtime-voice></realtime-voice>' });
    assert.equal((await page.alive()).stored, 0);
    await page.tabTo('settings-button');
    await driver.press('Enter');
    // Without a speaker, because WebKit does not let a page choose one.
    assert.equal(await page.words('[part="settings"] > *'), 'Microphone Volume Captions Large captions');
    assert.equal((await page.alive()).stored, 0, 'opening them stores nothing');
    // The first one is the microphone.
    await page.tabTo('setting-field');
    await driver.press('Tab', 'ArrowLeft', 'ArrowLeft');
    await page.click('.settings label:last-of-type');
    const choices = { volume: 0.9, largeCaptions: true };
    assert.deepEqual(
      await driver.evaluate(() => JSON.parse(localStorage.getItem('realtime-voice-settings')!)),
      choices,
    );

    await page.reload();
    await page.click('[part="settings-button"]');
    const drawn = await driver.evaluate(() => {
      const inputs = [
        ...document.querySelector('realtime-voice')!.shadowRoot!.querySelectorAll<HTMLInputElement>('.settings input'),
      ];
      return inputs.map(({ type, checked, value }) => (type === 'checkbox' ? checked : value));
    });
    assert.deepEqual(drawn, ['0.9', true, true]);
    await driver.evaluate(() => localStorage.clear());
    assert.deepEqual(await page.troubles(), []);
  });
});
