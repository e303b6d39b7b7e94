import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium, launchFirefox, setPermission, type Permission } from '../support/browsers.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { EVERY_BROWSER, sharedChromium, sharedFirefox } from '../support/shared-browsers.js';
import { CALLS, failOnce, FailingStart, TOKEN, type Fault } from './support/failing-start.js';
import { forwardOffer } from './support/site.js';
import type { VoicePage } from './support/voice-page.js';

const SECRET_KEY = 'sk-proj-do-not-send-this-anywhere';

const endpoints: readonly Fault[] = [
  {
    name: 'there is no token-url',
    code: 'configuration',
    message: /token-url/,
    retriable: false,
    page: { attributes: {} },
    repair: ({ voice, server }) =>
      voice.page.$eval('realtime-voice', (element, urls) => Object.assign(element, urls), {
        tokenUrl: server.url + TOKEN,
        callsUrl: server.url + CALLS,
      }),
  },
  {
    name: 'the token URL answers 401',
    code: 'token-unauthorized',
    message: /401/,
    retriable: false,
    token: { status: 401 },
  },
  { name: 'the token URL answers 404', code: 'token-failed', message: /404/, retriable: false, token: { status: 404 } },
  {
    name: 'the token URL answers 429',
    code: 'rate-limited',
    message: /429/,
    retriable: true,
    retryAfterMs: 7000,
    token: { status: 429, headers: { 'retry-after': '7' } },
  },
  { name: 'the token URL answers 500', code: 'token-failed', message: /500/, retriable: true, token: { status: 500 } },
  {
    name: 'the token URL answers with HTML',
    code: 'token-failed',
    message: /text\/html/,
    retriable: true,
    token: { body: '<!doctype html><title>Please log in</title>', headers: { 'content-type': 'text/html' } },
  },
  {
    name: 'the token URL answers with empty JSON',
    code: 'token-failed',
    message: /without a secret/,
    retriable: true,
    token: { body: {} },
  },
  {
    name: 'the calls URL answers 400 with its reason',
    code: 'signaling-failed',
    message: /Invalid SDP offer: no audio section\./,
    retriable: false,
    calls: {
      status: 400,
      body: {
        error: {
          message: 'Invalid SDP offer: no audio section.',
          type: 'invalid_request_error',
          code: 'invalid_offer',
          param: 'sdp',
        },
      },
    },
  },
  {
    name: 'the calls URL answers 500',
    code: 'signaling-failed',
    message: /500/,
    retriable: true,
    calls: { status: 500 },
  },
  {
    name: 'the calls URL answers with what is no SDP',
    code: 'signaling-failed',
    retriable: true,
    calls: { status: 201, body: 'Hello!' },
  },
  {
    name: 'the calls URL answers with garbage that looks like SDP',
    code: 'signaling-failed',
    retriable: true,
    calls: {
      status: 201,
      body: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=garbage 9\r\n',
      headers: { 'content-type': 'application/sdp' },
    },
  },
  {
    name: 'there is no WebRTC',
    code: 'unsupported',
    message: /RTCPeerConnection/,
    retriable: false,
    // Neither browser can be built without it: it is taken away from the page, as privacy extensions do, and given
    // back. No button is offered meanwhile, as pressing it could not help.
    page: { prelude: () => Object.assign(window, { taken: window.RTCPeerConnection, RTCPeerConnection: undefined }) },
    repair: ({ voice }) => voice.page.evaluate('void (window.RTCPeerConnection = window.taken)'),
    again: startByMethod,
  },
];

/** They take as long as the element's patience, so they are begun first and looked at last. */
const hanging: readonly Fault[] = [
  {
    name: 'the token URL never answers',
    code: 'token-failed',
    message: /within 8 seconds/,
    retriable: true,
    token: { hang: true },
  },
  {
    name: 'the calls URL never answers',
    code: 'signaling-failed',
    message: /within 10 seconds/,
    retriable: true,
    calls: { hang: true },
  },
  {
    name: 'the answer names no way to the service',
    code: 'connection-failed',
    // Chromium waits for one until its time is up; Firefox gives up by itself.
    message: /within 15 seconds|connection is failed/,
    retriable: true,
    prepare: async ({ server }) =>
      server.answer(
        CALLS,
        forwardOffer(practice.url, (sdp) => sdp.replace(/^a=candidate:.*\r\n/gm, '')),
      ),
  },
];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

describe('failures', { concurrency: true }, () => {
  for (const [name, shared, launch] of [
    ['Chromium', sharedChromium, launchChromium],
    ['Firefox', sharedFirefox, launchFirefox],
  ] as const) {
    describe(`a start in ${name} fails once, and the next one works, when`, { concurrency: 1 }, () => {
      let browser: Browser;
      // Its pages are left alone while they wait: a window that comes to the front again focuses its button again.
      let patient: Browser;
      const waiting: FailingStart[] = [];
      before(async () => {
        [browser, patient] = await Promise.all([shared(), launch()]);
        for (const fault of hanging) waiting.push(await FailingStart.begin(patient, fault, practice.url));
      });
      after(async () => {
        for (const start of waiting) await start.end();
        await patient?.close();
      });

      // What a status means does not depend on the browser.
      const isStatus = ({ token, calls }: Fault): boolean => ((token ?? calls)?.status ?? 0) >= 400;
      for (const fault of endpoints.filter((each) => name === 'Chromium' || EVERY_BROWSER || !isStatus(each))) {
        it(fault.name, () => failOnce(browser, fault, practice.url));
      }

      it('the token URL answers with a secret key, which is never sent on nor shown', async () => {
        const fault: Fault = {
          name: '',
          code: 'configuration',
          message: /API key/,
          retriable: false,
          token: { body: { value: SECRET_KEY } },
        };
        const start = await FailingStart.begin(browser, fault, practice.url);
        try {
          await start.fail();
          assert.ok(!start.server.requests.some(({ path }) => path === CALLS), 'no offer was made with it');
          await assertUnseen(start);
          await start.succeed();
          await assertUnseen(start);
        } finally {
          await start.end();
        }
      });

      it('the page is not secure', async () => {
        const fault: Fault = {
          name: '',
          code: 'insecure-context',
          message: /HTTPS/,
          retriable: false,
          page: { host: 'insecure.test' },
        };
        const start = await FailingStart.begin(browser, fault, practice.url);
        try {
          await start.fail();
          // No second attempt can work on such a page; it is told once more, and no button is offered.
          await startByMethod(start.voice);
          assert.deepEqual(
            (await start.voice.failures()).map(({ code }) => code),
            ['insecure-context', 'insecure-context'],
          );
          assert.deepEqual(await start.voice.states(), ['connecting', 'failed', 'connecting', 'failed']);
          assert.deepEqual(await start.voice.page.$$('realtime-voice >>> [part~="start-button"]'), []);
        } finally {
          await start.end();
        }
      });

      for (const [index, { name }] of hanging.entries()) {
        it(name, async () => {
          await waiting[index]!.fail();
          await waiting[index]!.succeed();
        });
      }
    });
  }
});

describe('a start without a microphone fails once, and the next one works, when', () => {
  const denied: Fault = { name: '', code: 'microphone-denied', retriable: true };
  const missing: Fault = { name: '', code: 'microphone-missing', retriable: true, again: continueByTyping };

  for (const [name, code, setting] of [
    ['Chromium denies it', 'microphone-denied', 'denied'],
    // Only Chromium without a window closes the question by itself; in Firefox it stays open.
    ['the visitor closes the question of Chromium', 'microphone-dismissed', 'prompt'],
  ] as const) {
    it(name, async () => {
      const launched = launchChromium({ permission: 'prompt' });
      const set =
        (to: Permission) =>
        async ({ voice }: FailingStart) =>
          setPermission(await launched, to, voice.opened.url);
      await withBrowser(launched, { ...denied, code, prepare: set(setting), repair: set('granted') });
    });
  }

  // It cannot be told otherwise while it runs, so the visitor types instead.
  it('Firefox denies it', () =>
    withBrowser(launchFirefox({ permission: 'denied' }), { ...denied, again: continueByTyping }));

  it('Chromium finds none', () => withBrowser(launchChromium({ noDevice: true }), missing));
  it('Firefox finds none', () => withBrowser(launchFirefox({ noDevice: true }), missing));
});

async function withBrowser(launched: Promise<Browser>, fault: Fault): Promise<void> {
  const browser = await launched;
  try {
    await failOnce(browser, fault, practice.url);
  } finally {
    await browser.close();
  }
}

/** What is offered beside the button that asks for the microphone again. */
async function continueByTyping({ page }: VoicePage): Promise<void> {
  await page.locator('realtime-voice >>> button ::-p-text(Type instead)').click();
}

function startByMethod({ page }: VoicePage): Promise<unknown> {
  return page.$eval('realtime-voice', (element) => element.start().catch(() => {}));
}

/** Not where the page, other scripts on it, a log or any server could find it. */
async function assertUnseen({ voice, server }: FailingStart): Promise<void> {
  const { page, opened } = voice;
  const kept = await page.$eval('realtime-voice', (element) => {
    const { error } = element;
    const fields = Object.getOwnPropertyNames(error ?? {}).map((name) => String(error![name as keyof typeof error]));
    const storage = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
    return [document.documentElement.outerHTML, element.shadowRoot!.innerHTML, ...fields, ...storage];
  });
  const everything = [kept, await voice.events(), opened.console, opened.errors, opened.requests, server.requests];
  assert.ok(!JSON.stringify(everything).includes(SECRET_KEY));
}
