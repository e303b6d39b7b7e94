import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { measureMemory } from '../e2e/support/page-memory.js';
import { newSecret, TOKEN_PATH } from '../e2e/support/site.js';
import { until } from '../e2e/support/until.js';
import { accessibilityFaults } from '../support/axe.js';
import { openPage } from '../support/page.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS, sharedChromium } from '../support/shared-browsers.js';

const FILE = '/inspector.min.js';
const routes = { [FILE]: { body: readFileSync(`dist${FILE}`) } };
const PANEL = 'realtime-voice-inspector';

type Panel = HTMLElementTagNameMap['realtime-voice-inspector'];
interface Line {
  readonly type: string;
  readonly detail: unknown;
  readonly state: string;
}

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

/** As in the console of a page that knows nothing of the inspector. */
const open = (page: Page): Promise<void> =>
  page.evaluate(async (file) => {
    const { openInspector } = (await import(file)) as { openInspector(): Panel };
    await openInspector().updateComplete;
  }, FILE);

const linesOf = async (page: Page): Promise<Line[]> => {
  const text = await page.$eval(PANEL, (panel) => panel.jsonLines);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
};

for (const [name, launch] of BROWSERS) {
  it(`lists a whole call in ${name} under a strict policy, in order and without the secret`, async () => {
    const types = name === 'Chromium' ? ` trusted-types realtime-voice realtime-voice-inspector;` : '';
    const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ${practice.url};
      require-trusted-types-for 'script';${types}`.replace(/\s+/g, ' ');
    let secret = '';
    await using opened = await openPage(await launch(), {
      html: `<script src="/frozen.js"></script><realtime-voice id="shop" muted token-url="/api/voice-token"
        calls-url="${practice.url}/v1/realtime/calls"></realtime-voice>`,
      headers: { 'content-security-policy': policy },
      routes: {
        ...routes,
        [TOKEN_PATH]: (_request, response) =>
          void newSecret(practice.url).then((answer) => {
            secret = answer.value;
            response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
          }),
        // A page that is careful with its built-ins. Errors name themselves, so that prototype stays.
        '/frozen.js': { body: 'for (const it of [Object, Array, Map, Promise]) Object.freeze(it.prototype);' },
      },
    });
    const { page } = opened;
    await open(page);
    await page.$eval('realtime-voice', (element) => element.start());
    await page.$eval('realtime-voice', (element) => element.sendText('hello'));
    const answered = (lines: Line[]): boolean =>
      lines.some(({ state }) => state === 'speaking') && lines.at(-1)!.state === 'listening';
    await until('the question is answered', () => linesOf(page), answered);
    await page.$eval('realtime-voice', (element) => element.stop());
    const lines = await linesOf(page);
    const states = lines.flatMap(({ type, detail }) =>
      type === 'voice-state-change' ? (detail as { state: string }).state : [],
    );
    assert.deepEqual(states, ['connecting', 'listening', 'thinking', 'speaking', 'listening', 'idle']);
    const at = (type: string): number => lines.findIndex((line) => line.type === type);
    const order = ['voice-start', 'voice-server-event', 'voice-transcript', 'voice-usage', 'voice-end'].map(at);
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.ok(!order.includes(-1), JSON.stringify(order));

    assert.match(secret, /^ek_\w{8,}/);
    await page.$eval(PANEL, async (panel) => {
      // The last events are drawn a moment later.
      await panel.updateComplete;
      for (const details of panel.shadowRoot!.querySelectorAll('details')) details.open = true;
    });
    const allOpen = (): Promise<boolean> =>
      page.$eval(PANEL, ({ shadowRoot }) => {
        return shadowRoot!.querySelectorAll('li pre').length === shadowRoot!.querySelectorAll('li').length;
      });
    await until('all details are shown', allOpen);
    const shown = await page.$eval(PANEL, (panel) => panel.shadowRoot!.textContent);
    assert.ok(shown.includes('session.created') && shown.includes('event_id'));
    assert.doesNotMatch(shown, new RegExp(`${secret}|ek_\\w{8}`));
    assert.deepEqual(await accessibilityFaults(page, PANEL), []);
    assert.deepEqual([await opened.violations(), opened.errors, opened.console], [[], [], []]);
  });
}

describe('in Chromium, the inspector', () => {
  it('copies the events that it shows', async () => {
    await using opened = await openPage(await sharedChromium(), { routes });
    const { page } = opened;
    await page
      .browserContext()
      .overridePermissions(opened.url, ['clipboard-read', 'clipboard-sanitized-write', 'microphone']);
    await open(page);
    await page.$eval('realtime-voice', (element) =>
      element.dispatchEvent(new CustomEvent('voice-quality', { detail: { quality: 'poor' } })),
    );
    await page.bringToFront();
    await page.locator(`${PANEL} >>> ::-p-text(Copy)`).click();
    await until('it says so', () => page.$eval(PANEL, (it) => it.shadowRoot!.textContent.includes('Copied as JSON')));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.deepEqual((JSON.parse(copied) as Line).detail, { quality: 'poor' });
  });

  it('says what to add where the page refuses its Trusted Types policy', async () => {
    await using opened = await openPage(await sharedChromium(), {
      routes,
      headers: { 'content-security-policy': `require-trusted-types-for 'script'; trusted-types realtime-voice` },
    });
    const message = await opened.page.evaluate(
      (file) =>
        import(file).then(
          () => '',
          (error: Error) => error.message,
        ),
      FILE,
    );
    assert.match(message, /trusted-types realtime-voice-inspector/);
  });

  it('keeps no element alive that the page has removed', async () => {
    await using opened = await openPage(await sharedChromium(), { routes });
    const { page } = opened;
    await open(page);
    await page.$eval('realtime-voice', (element) => {
      element.dispatchEvent(new CustomEvent('voice-quality', { detail: { quality: 'good', element } }));
      Object.assign(window, { gone: new WeakRef(element) });
      element.remove();
    });
    // The element itself ends a call a second after it was removed.
    await until('it is collected', async () => {
      await measureMemory(page);
      return page.evaluate(() => !(window as unknown as { gone: WeakRef<object> }).gone.deref());
    });
    assert.equal((await linesOf(page)).length, 1);
  });

  it('leaves no listener behind when it is closed', async () => {
    await using opened = await openPage(await sharedChromium(), { routes });
    const { page } = opened;
    const openAndClose = async (): Promise<number> => {
      await open(page);
      await page.$eval(PANEL, (panel) => panel.close());
      return (await measureMemory(page)).listeners;
    };
    // What the module itself makes stays.
    const first = await openAndClose();
    await openAndClose();
    assert.equal(await openAndClose(), first);
    const session = await page.createCDPSession();
    for (const expression of ['window', 'document.querySelector("realtime-voice")']) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
      assert.deepEqual(
        listeners.filter(({ type }) => type.startsWith('voice-')),
        [],
      );
    }
  });
});
