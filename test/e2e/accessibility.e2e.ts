import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { accessibilityFaults } from '../support/axe.js';
import { launchChromium } from '../support/browsers.js';
import { startFaultServer, type FaultServer } from '../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { speechWav } from '../support/speech-wav.js';
import { issueSecret } from './support/site.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

/** How a visitor sees the page: by preference, and by the language of the page. */
const SIGHTS = [
  { name: 'light', scheme: 'light', forced: 'none', dir: 'ltr' },
  { name: 'dark', scheme: 'dark', forced: 'none', dir: 'ltr' },
  { name: 'from right to left', scheme: 'light', forced: 'none', dir: 'rtl' },
  { name: 'forced colours', scheme: 'dark', forced: 'active', dir: 'ltr' },
] as const;

/** The rules of WCAG 2.2 AA, and target sizes. Chromium only, because Firefox cannot be made to prefer dark. */
describe('the element has no accessibility faults, however it is seen, when it is', () => {
  let practice: PracticeProcess;
  let server: FaultServer;
  let browser: Browser;
  let voice: VoicePage;
  let devTools: CDPSession;
  before(async () => {
    // Thinking lasts for all audits.
    practice = await startPractice(['--thinking-ms', '5000']);
    server = await startFaultServer();
    // Recorded speech, because the beeps of the built-in fake microphone could interrupt the assistant.
    browser = await launchChromium({ wav: await speechWav([1000]) });
    voice = await openVoicePage(browser, {
      attributes: { 'token-url': `${server.url}/token`, 'calls-url': `${practice.url}/v1/realtime/calls`, muted: '' },
    });
    await voice.page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'light dark'));
    devTools = await voice.page.createCDPSession();
  });
  after(async () => {
    await voice?.close();
    await browser?.close();
    await server?.close();
    await practice?.stop();
  });

  it('idle', () => audit('idle'));

  it('connecting', async () => {
    server.answer('/token', { hang: true });
    await voice.key('start-button');
    await audit('connecting');
    await voice.key('end-button');
  });

  it('muted', async () => {
    server.answer('/token', issueSecret(practice.url));
    await voice.key('start-button');
    await voice.untilState('listening');
    await audit('listening');
  });

  it('listening', async () => {
    await voice.press('mute-button');
    await audit('listening');
    await voice.press('mute-button');
  });

  it('thinking', async () => {
    await voice.page.type('realtime-voice >>> [part="text-field"]', 'long story');
    await voice.page.keyboard.press('Enter');
    await voice.untilState('thinking');
    await audit('thinking');
  });

  it('speaking', async () => {
    await voice.untilState('speaking');
    await audit('speaking');
  });

  it('ended', async () => {
    await voice.key('end-button');
    assert.ok((await voice.transcript()).length > 0);
    await audit('idle');
  });

  it('failed', async () => {
    server.answer('/token', { status: 500 });
    await voice.key('start-button');
    await voice.untilState('failed');
    await audit('failed');
  });

  async function audit(state: string): Promise<void> {
    const surfaces = new Set<string>();
    for (const { name, scheme, forced, dir } of SIGHTS) {
      const features = [
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'forced-colors', value: forced },
      ];
      await devTools.send('Emulation.setEmulatedMedia', { features });
      const surface = await voice.page.$eval(
        'realtime-voice >>> [part="panel"]',
        async (panel, dir) => {
          document.documentElement.dir = dir;
          // Colours are only final after all transitions.
          const animations = (panel.getRootNode() as ShadowRoot).getAnimations();
          const fading = animations.filter(({ effect }) => effect!.getComputedTiming().endTime !== Infinity);
          await Promise.allSettled(fading.map(({ finished }) => finished));
          const { backgroundColor, direction } = getComputedStyle(panel);
          return [backgroundColor, direction, matchMedia('(forced-colors: active)').matches].join();
        },
        dir,
      );
      surfaces.add(surface);
      assert.deepEqual(await accessibilityFaults(voice.page), [], name);
      // The state did not change during the audit.
      assert.equal(await voice.state(), state, name);
    }
    assert.equal(surfaces.size, SIGHTS.length, 'they differ');
  }
});
