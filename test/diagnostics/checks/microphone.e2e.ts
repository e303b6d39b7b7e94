import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { EnvironmentReport } from '../../../src/diagnostics/index.js';
import { until } from '../../e2e/support/until.js';
import { launchChromium, launchFirefox } from '../../support/browsers.js';
import { startPageServer } from '../../support/page-server.js';
import { ANY_BROWSER, BROWSERS, sharedChromium } from '../../support/shared-browsers.js';
import { speechWav } from '../../support/speech-wav.js';
import {
  assertNothingOpen,
  check,
  checkRoutes,
  found,
  openPanel,
  panelDocument,
  runPanel,
} from '../support/checked-page.js';

/** Each needs a browser of its own. */
describe('a check of the microphone', { concurrency: 2 }, () => {
  const faults = [
    ['is denied', 'Chromium', () => launchChromium({ permission: 'denied' }), 'permission', 'microphone-denied'],
    ['is denied', 'Firefox', () => launchFirefox({ permission: 'denied' }), 'permission', 'microphone-denied'],
    [
      'is not allowed',
      'Chromium',
      () => launchChromium({ permission: 'prompt' }),
      'permission',
      'microphone-dismissed',
    ],
    ['is missing', 'Chromium', () => launchChromium({ noDevice: true }), 'microphone', 'microphone-missing'],
    ['is missing', 'Firefox', () => launchFirefox({ noDevice: true }), 'microphone', 'microphone-missing'],
  ] as const;
  for (const [what, name, launch, failed, code] of faults) {
    it(`in ${name} says that the microphone ${what}`, () =>
      within(launch(), async (browser) => {
        await using opened = await openPanel(browser, {});
        const report = await check(opened.page, { microphone: true });
        const check_ = found(report, failed);
        assert.deepEqual([check_.status, check_.code], ['failed', code], JSON.stringify(check_.details));
        assert.deepEqual(report.first, check_);
        if (failed === 'permission') assert.equal(found(report, 'microphone').code, 'depends');
        else assert.equal(found(report, 'permission').status, 'passed');
        await assertNothingOpen(opened);
      }));
  }

  it('warns that the microphone is silent', async () => {
    const wav = await speechWav([1000]);
    await within(launchChromium({ wav }), async (browser) => {
      await using opened = await openPanel(browser, {});
      const { status, code, details } = found(await check(opened.page, { microphone: true }), 'microphone');
      assert.deepEqual([status, code, details['peakPercent']], ['warning', 'microphone-silent', 0]);
      await assertNothingOpen(opened);
    });
  });

  it('does not ask for the microphone unless it is to', async () => {
    await using opened = await openPanel(await sharedChromium(), {});
    const report = await check(opened.page, {});
    assert.deepEqual([found(report, 'permission').code, found(report, 'microphone').code], ['ok', 'not-asked']);
    assert.equal((await opened.alive()).made['getUserMedia'], undefined);
  });

  it('before a press says that sound needs one', () =>
    within(launchChromium({ autoplay: 'gesture' }), async (browser) => {
      // The page itself runs the checks, because what a driver evaluates counts as a press.
      const run = 'console.error(JSON.stringify(await checkEnvironment({})))';
      const html = panelDocument({}).replace('</head>', '<script type="module" src="/run.js"></script></head>');
      await using opened = await openPanel(browser, {}, { html, routes: { '/run.js': { body: run } } });
      const line = await until(
        'the page has its report',
        async () => opened.console.find((line) => line.startsWith('error: {')),
        Boolean,
      );
      const report = JSON.parse(line!.replace('error: ', '')) as EnvironmentReport;
      const before = found(report, 'audio-output');
      assert.deepEqual([before.status, before.code], ['warning', 'needs-press']);
      await opened.page.click('h1');
      assert.equal(found(await check(opened.page, {}), 'audio-output').code, 'ok');
    }));
});

describe('a page that may not use the microphone', () => {
  for (const [name, launch] of ANY_BROWSER) {
    it(`in ${name} learns that it is not secure`, async () => {
      await using opened = await openPanel(await launch(), {}, { host: 'insecure.test' });
      const report = await check(opened.page, { microphone: true });
      assert.deepEqual(report.first, found(report, 'secure-context'));
      assert.equal(report.first?.code, 'insecure-context');
      assert.deepEqual(
        (['permission', 'microphone'] as const).map((each) => found(report, each).code),
        ['depends', 'depends'],
      );
      assert.equal(found(report, 'permission').details['on'], 'secure-context');
      assert.equal(found(report, 'browser').status, 'passed');
    });
  }

  it('in Chromium learns of its own Permissions-Policy', async () => {
    const headers = { 'permissions-policy': 'microphone=()' };
    await using opened = await openPanel(await sharedChromium(), {}, { headers });
    const report = await check(opened.page, { microphone: true });
    const { status, code, message } = found(report, 'policy');
    assert.deepEqual([status, code], ['failed', 'microphone-blocked']);
    assert.match(message, /Permissions-Policy: microphone=\(self\)/);
    assert.equal(found(report, 'permission').code, 'depends');
  });

  for (const [name, launch] of BROWSERS) {
    it(`in ${name} learns that its iframe lacks the permission`, async () => {
      // A server on another port, which makes it another origin.
      const inner = await startPageServer({ '/': { body: panelDocument({}) }, ...(await checkRoutes()) });
      const frames = ['', 'allow="microphone; autoplay"'].map(
        (allow) => `<iframe src="${inner.url}/" ${allow}></iframe>`,
      );
      try {
        await using opened = await openPanel(await launch(), {}, { html: frames.join('') });
        const [without, allowed] = opened.page.frames().filter((frame) => frame.url() === `${inner.url}/`);
        const report = await runPanel(without!);
        // Only Chromium can be asked before.
        const check_ = found(report, name === 'Chromium' ? 'policy' : 'permission');
        assert.deepEqual([check_.status, check_.code], ['failed', 'microphone-blocked']);
        assert.match(check_.message, /allow="microphone; autoplay"/);
        assert.deepEqual(report.first, check_);
        assert.equal(found(await runPanel(allowed!), 'permission').code, 'ok');
      } finally {
        await inner.close();
      }
    });
  }
});

async function within(launching: Promise<Browser>, test: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launching;
  try {
    await test(browser);
  } finally {
    await browser.close();
  }
}
