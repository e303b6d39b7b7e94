import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import type { VoiceErrorCode } from '../../../src/session/index.js';
import { reportFault } from '../../support/fault-report.js';
import { startFaultServer, type Answer, type FaultServer } from '../../support/http-faults.js';
import { assertNothingAlive } from './nothing-alive.js';
import { issueSecret, forwardOffer } from './site.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './voice-page.js';

export const TOKEN = '/token';
export const CALLS = '/calls';

/** A problem that makes the visitor's start fail. */
export interface Fault {
  readonly name: string;
  readonly code: VoiceErrorCode;
  /** What the error message must contain. */
  readonly message?: RegExp;
  readonly retriable: boolean;
  readonly retryAfterMs?: number;
  /** Answer of the token endpoint during the first start. */
  readonly token?: Answer;
  /** Answer of the calls endpoint during the first start. */
  readonly calls?: Answer;
  readonly page?: VoicePageOptions;
  /** Runs before the visitor presses Start. */
  readonly prepare?: (start: FailingStart) => Promise<unknown>;
  /** Removes a problem that is not at the endpoints. */
  readonly repair?: (start: FailingStart) => Promise<unknown>;
  /** The element sees by itself that the problem is removed, and is ready to start. */
  readonly isSeenMended?: true;
  /** The visitor's second start; by default, the start button, or a script where there is none. */
  readonly again?: (voice: VoicePage) => Promise<unknown>;
}

/** A start that fails. Then the problem is removed, and the same element is started again. */
export class FailingStart {
  readonly fault: Fault;
  readonly voice: VoicePage;
  readonly server: FaultServer;
  readonly practiceUrl: string;
  #seen = '';

  private constructor(fault: Fault, voice: VoicePage, server: FaultServer, practiceUrl: string) {
    this.fault = fault;
    this.voice = voice;
    this.server = server;
    this.practiceUrl = practiceUrl;
  }

  static async begin(browser: Browser, fault: Fault, practiceUrl: string): Promise<FailingStart> {
    const server = await startFaultServer();
    server.answer(TOKEN, fault.token ?? issueSecret(practiceUrl));
    server.answer(CALLS, fault.calls ?? forwardOffer(practiceUrl));
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
    assert.equal(more.length, 0, 'one error is reported');
    assert.deepEqual(
      { name: error!.name, code: error!.code, retriable: error!.retriable, retryAfterMs: error!.retryAfterMs },
      { name: 'VoiceError', code: fault.code, retriable: fault.retriable, retryAfterMs: fault.retryAfterMs },
      error!.message,
    );
    if (fault.message) assert.match(error!.message, fault.message);
    this.#seen = await voice.page.$eval('realtime-voice >>> [part="status"]', (status) => status.textContent.trim());
    assert.notEqual(this.#seen, '');
    const label = { again: 'Try again', signedIn: 'Start talking', never: undefined };
    const useful = fault.retriable ? 'again' : fault.code === 'token-unauthorized' ? 'signedIn' : 'never';
    assert.equal(await startButton(voice), label[useful]);
    await assertNothingAlive(voice);
  }

  async succeed(): Promise<void> {
    const { voice, fault, server } = this;
    server.answer(TOKEN, issueSecret(this.practiceUrl));
    server.answer(CALLS, forwardOffer(this.practiceUrl));
    await fault.repair?.(this);
    await voice.page.bringToFront();
    // Muted, because the service would answer the sound of the fake microphone.
    await voice.page.$eval('realtime-voice', (element) => void (element.muted = true));
    if (fault.again) await fault.again(voice);
    else if (await startButton(voice)) await voice.key('start-button');
    else await startByMethod(voice);
    await voice.untilState('listening');
    await voice.key('end-button');
    assert.deepEqual(await voice.states(), [
      ...['connecting', 'failed', ...(fault.isSeenMended ? ['idle'] : [])],
      ...['connecting', 'listening', 'idle'],
    ]);
    // No further error was reported for the first start.
    assert.equal((await voice.failures()).length, 1);
    assert.deepEqual(
      (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
      ['error', 'stopped'],
    );
    assert.deepEqual(voice.opened.errors, [], 'no uncaught error');
    this.#report(await voice.page.browser().version());
  }

  #report(version: string): void {
    const { name, code, token, calls } = this.fault;
    const endpoint = (token && 'HTTP, token endpoint') ?? (calls && 'HTTP, calls endpoint');
    const injected = endpoint ?? 'browser or page';
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

/** The words on the start button, if there is one. */
async function startButton({ page }: VoicePage): Promise<string | undefined> {
  const [button] = await page.$$('realtime-voice >>> [part~="start-button"]');
  return button?.evaluate(({ textContent }) => textContent!.trim());
}

/** Starts by script, and ignores the outcome. */
export function startByMethod({ page }: VoicePage): Promise<unknown> {
  return page.$eval('realtime-voice', (element) => element.start().catch(() => {}));
}

/** Runs a failing start and the successful start after it. */
export async function failOnce(browser: Browser, fault: Fault, practiceUrl: string): Promise<void> {
  const start = await FailingStart.begin(browser, fault, practiceUrl);
  try {
    await start.fail();
    await start.succeed();
  } finally {
    await start.end();
  }
}
