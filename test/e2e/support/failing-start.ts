import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import type { VoiceErrorCode } from '../../../src/session/index.js';
import { reportFault } from '../../support/fault-report.js';
import { startFaultServer, type Answer, type FaultServer } from '../../support/http-faults.js';
import { assertNothingAlive } from './nothing-alive.js';
import { minting, passing } from './site.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './voice-page.js';

export const TOKEN = '/token';
export const CALLS = '/calls';

/** One thing that is not as it should be when the visitor presses Start. */
export interface Fault {
  readonly name: string;
  readonly code: VoiceErrorCode;
  /** What the message for the developer has to say. */
  readonly message?: RegExp;
  readonly retriable: boolean;
  readonly retryAfterMs?: number;
  /** Answers of the endpoints until the first start has failed. */
  readonly token?: Answer;
  readonly calls?: Answer;
  readonly page?: VoicePageOptions;
  /** Before the visitor presses Start. */
  readonly prepare?: (start: FailingStart) => Promise<unknown>;
  /** Puts right what was wrong outside of the endpoints. */
  readonly repair?: (start: FailingStart) => Promise<unknown>;
  /** The visitor's second attempt; by default the button that was Start, then a call with the microphone. */
  readonly again?: (voice: VoicePage) => Promise<unknown>;
}

/** A start that fails, once; then what was wrong is put right, and the same element is started again. */
export class FailingStart {
  readonly fault: Fault;
  readonly voice: VoicePage;
  readonly server: FaultServer;
  readonly #practiceUrl: string;
  #seen = '';

  private constructor(fault: Fault, voice: VoicePage, server: FaultServer, practiceUrl: string) {
    this.fault = fault;
    this.voice = voice;
    this.server = server;
    this.#practiceUrl = practiceUrl;
  }

  static async begin(browser: Browser, fault: Fault, practiceUrl: string): Promise<FailingStart> {
    const server = await startFaultServer();
    server.answer(TOKEN, fault.token ?? minting(practiceUrl));
    server.answer(CALLS, fault.calls ?? passing(practiceUrl));
    const attributes = { 'token-url': server.url + TOKEN, 'calls-url': server.url + CALLS };
    const voice = await openVoicePage(browser, { attributes, ...fault.page });
    const start = new FailingStart(fault, voice, server, practiceUrl);
    await fault.prepare?.(start);
    await voice.key('start-button');
    return start;
  }

  async fail(): Promise<void> {
    const { voice, fault } = this;
    await voice.untilState('failed');
    assert.deepEqual(await voice.states(), ['connecting', 'failed']);
    assert.equal(await voice.state(), 'failed');
    const [error, ...more] = await voice.failures();
    assert.equal(more.length, 0, 'one error is told');
    assert.deepEqual(
      { name: error!.name, code: error!.code, retriable: error!.retriable, retryAfterMs: error!.retryAfterMs },
      { name: 'VoiceError', code: fault.code, retriable: fault.retriable, retryAfterMs: fault.retryAfterMs },
      error!.message,
    );
    if (fault.message) assert.match(error!.message, fault.message);
    this.#seen = await voice.page.$eval('realtime-voice >>> [part="status"]', (status) => status.textContent.trim());
    assert.notEqual(this.#seen, '');
    await assertNothingAlive(voice);
  }

  async succeed(): Promise<void> {
    const { voice, fault, server } = this;
    server.answer(TOKEN, minting(this.#practiceUrl));
    server.answer(CALLS, passing(this.#practiceUrl));
    await fault.repair?.(this);
    await voice.page.bringToFront();
    // What the browsers' fake microphones say would be answered.
    await voice.page.$eval('realtime-voice', (element) => void (element.muted = true));
    if (fault.again) await fault.again(voice);
    else await voice.key('start-button');
    await voice.untilState('listening');
    await voice.key('end-button');
    assert.deepEqual(await voice.states(), ['connecting', 'failed', 'connecting', 'listening', 'idle']);
    // All this while nothing more was told about the first attempt.
    assert.equal((await voice.failures()).length, 1);
    assert.deepEqual(
      (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
      ['error', 'stopped'],
    );
    // Firefox files its own verdict on a connection here too.
    assert.deepEqual(voice.opened.errors, [], 'nothing was left unhandled');
    this.#report(await voice.page.browser().version());
  }

  #report(version: string): void {
    const { name, code, token, calls } = this.fault;
    const injected = token ? 'HTTP, token endpoint' : calls ? 'HTTP, calls endpoint' : 'browser or page';
    const browser = version
      .split('/')[0]!
      .replace(/^(Headless)?Chrome/, 'Chromium')
      .replace('firefox', 'Firefox');
    reportFault({
      fault: name,
      injected,
      browser,
      seen: this.#seen,
      told: `voice-error ${code}`,
      kept: 'no call yet',
      recovered: 'next start',
    });
  }

  async end(): Promise<void> {
    await this.voice.close();
    await this.server.close();
  }
}

/** From the first attempt to the second. */
export async function failOnce(browser: Browser, fault: Fault, practiceUrl: string): Promise<void> {
  const start = await FailingStart.begin(browser, fault, practiceUrl);
  try {
    await start.fail();
    await start.succeed();
  } finally {
    await start.end();
  }
}
