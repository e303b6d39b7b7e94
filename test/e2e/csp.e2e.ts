import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { siteRoutes, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

/** No style-src, no media-src, no blob:, nothing unsafe: a site adds the origin of the calls, and that is all. */
describe('the strictest content security policy that lets the calls through', { concurrency: true }, () => {
  let practice: PracticeProcess;
  before(async () => void (practice = await startPractice()));
  after(() => practice?.stop());

  for (const [name, launch] of [['Chromium', launchChromium], ['Firefox', launchFirefox]] as const) {
    it(`stops nothing of a whole call in ${name}`, async () => {
      // Firefox here does not know trusted types, and says so in its console.
      const types = name === 'Chromium' ? `; require-trusted-types-for 'script'; trusted-types lit-html` : '';
      const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ${practice.url}${types}`;
      const downloads = await mkdtemp(join(tmpdir(), 'transcripts-'));
      const browser = await launch({ downloads });
      try {
        await using voice = await openVoicePage(browser, {
          attributes: { 'token-url': TOKEN_PATH, muted: '' },
          headers: { 'content-security-policy': policy },
          routes: siteRoutes(practice.url),
        });
        const { page, opened } = voice;
        await voice.press('start-button');
        await voice.untilState('listening');
        await page.type('realtime-voice >>> [part="text-field"]', 'hello');
        await page.keyboard.press('Enter');
        await until('it was answered', () => voice.states(), (states) => states.includes('speaking') && states.at(-1) === 'listening');
        await voice.press('mute-button');
        await voice.key('end-button');
        await voice.untilState('idle');
        assert.deepEqual(await voice.states(), ['connecting', 'listening', 'thinking', 'speaking', 'listening', 'idle']);
        const words = (await voice.transcript()).map(({ role, text }) => `${role}: ${text}`);
        assert.match(words.join('\n'), /^user: hello\nassistant: Hello to you!/);
        // A download loads nothing into the page, so that no policy stops it.
        await page.click('realtime-voice >>> .export button:nth-of-type(2)');
        await page.click('realtime-voice >>> .export button:nth-of-type(3)');
        await page.click('realtime-voice >>> .export button:nth-of-type(2)');
        const files = await until('both files are there', () => readdir(downloads), (names) => names.sort().join() === 'transcript.json,transcript.txt');
        const [json = '', plain = ''] = await Promise.all(files.map((name) => until(`${name} is whole`, () => readFile(join(downloads, name), 'utf8'))));
        assert.deepEqual(JSON.parse(json), await voice.transcript());
        assert.match(plain, /^You: hello\n\nAssistant: Hello to you!/);
        const corners = await page.$eval('realtime-voice >>> [part="panel"]', (panel) => getComputedStyle(panel).borderRadius);
        assert.notEqual(corners, '0px', 'its styles are there');
        assert.deepEqual([await opened.violations(), opened.console, opened.errors], [[], [], []]);

        // A policy that stops nothing at all would prove nothing.
        await page.evaluate(() => fetch('http://localhost:9/').catch(() => {}));
        assert.deepEqual((await opened.violations()).map((violation) => violation.split(':')[0]), ['connect-src']);
      } finally {
        await browser.close();
        await rm(downloads, { recursive: true });
      }
    });
  }
});
