import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import type { PageOptions } from '../support/page.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { siteRoutes, TOKEN_PATH } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './support/voice-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

/** No style-src, media-src, blob: or unsafe source: only scripts and connections are allowed. */
const strictest = (scripts: string): string =>
  `default-src 'none'; script-src ${scripts}; connect-src 'self' ${practice.url}`;

describe('the strictest content security policy that allows calls', { concurrency: true }, () => {
  for (const [name, launch] of [
    ['Chromium', launchChromium],
    ['Firefox', launchFirefox],
  ] as const) {
    it(`blocks nothing in a whole call in ${name}`, async () => {
      // This Firefox does not support trusted types and logs a warning about the directive.
      const types = name === 'Chromium' ? `; require-trusted-types-for 'script'; trusted-types realtime-voice` : '';
      const downloads = await mkdtemp(join(tmpdir(), 'transcripts-'));
      const browser = await launch({ downloads });
      try {
        await using voice = await openVoicePage(
          browser,
          site({ headers: { 'content-security-policy': strictest(`'self'`) + types } }),
        );
        const { page, opened } = voice;
        await wholeCall(voice);
        // No policy blocks a download, because it loads nothing into the page.
        for (const item of [2, 3]) {
          await voice.press('menu-button');
          await page.click(`realtime-voice >>> [part="menu"] button:nth-of-type(${item})`);
        }
        const files = await until(
          'both files exist',
          () => readdir(downloads),
          (names) => names.sort().join() === 'transcript.json,transcript.txt',
        );
        const [json = '', plain = ''] = await Promise.all(
          files.map((name) => until(`${name} is complete`, () => readFile(join(downloads, name), 'utf8'))),
        );
        assert.deepEqual(JSON.parse(json), await voice.transcript());
        assert.match(plain, /^You: hello\n\nAssistant: Hello to you!/);
        await assertNothingBlocked(voice);

        // Shows that the policy is in force: another origin is blocked.
        await page.evaluate(() => fetch('http://localhost:9/').catch(() => {}));
        assert.deepEqual(
          (await opened.violations()).map((violation) => violation.split(':')[0]),
          ['connect-src'],
        );
      } finally {
        await browser.close();
        await rm(downloads, { recursive: true });
      }
    });
  }
});

interface Setting {
  readonly name: string;
  readonly page: () => PageOptions;
  /** Runs in the page: whether the setting is in force. */
  readonly inForce: () => boolean;
}

const settings: readonly Setting[] = [
  {
    name: 'that requires a nonce for scripts',
    page: () => ({
      nonce: 'r4nd0m',
      headers: { 'content-security-policy': strictest(`'nonce-r4nd0m' 'strict-dynamic'`) },
    }),
    inForce: () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'globalThis.handled = true');
      button.click();
      return !('handled' in globalThis);
    },
  },
  {
    name: 'that is isolated from other origins',
    page: () => ({
      headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
    }),
    inForce: () => crossOriginIsolated,
  },
];

describe('a whole call', () => {
  for (const [name, launch] of BROWSERS) {
    for (const { name: setting, page, inForce } of settings) {
      it(`works in ${name} on a page ${setting}`, async () => {
        await using voice = await openVoicePage(await launch(), site(page()));
        await wholeCall(voice);
        await assertNothingBlocked(voice);
        assert.equal(await voice.page.evaluate(inForce), true);
      });
    }
  }
});

function site(page: PageOptions): VoicePageOptions {
  return { attributes: { 'token-url': TOKEN_PATH, muted: '' }, routes: siteRoutes(practice.url), ...page };
}

/** A call with a typed turn, from start to end. */
async function wholeCall(voice: VoicePage): Promise<void> {
  const { page } = voice;
  await voice.press('start-button');
  await voice.untilState('listening');
  await page.type('realtime-voice >>> [part="text-field"]', 'hello');
  await page.keyboard.press('Enter');
  await until(
    'the question is answered',
    () => voice.states(),
    (states) => states.includes('speaking') && states.at(-1) === 'listening',
  );
  await voice.press('mute-button');
  await voice.key('end-button');
  await voice.untilState('idle');
  assert.deepEqual(await voice.states(), ['connecting', 'listening', 'thinking', 'speaking', 'listening', 'idle']);
  const words = (await voice.transcript()).map(({ role, text }) => `${role}: ${text}`);
  assert.match(words.join('\n'), /^user: hello\nassistant: Hello to you!/);
}

async function assertNothingBlocked({ page, opened }: VoicePage): Promise<void> {
  const corners = await page.$eval(
    'realtime-voice >>> [part="panel"]',
    (panel) => getComputedStyle(panel).borderRadius,
  );
  assert.notEqual(corners, '0px', 'the styles are applied');
  assert.deepEqual([await opened.violations(), opened.console, opened.errors], [[], [], []]);
}
