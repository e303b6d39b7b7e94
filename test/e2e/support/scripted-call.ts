import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { callIdOf, practiceCall } from './relayed-site.js';
import { type Line, SESSION_CREATED, spokenExchange, type Wire } from './scripted-conversation.js';
import { siteRoutes, TOKEN_PATH } from './site.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage } from './voice-page.js';

const LAST = 900;

/** A call in which the service sends the events that the test writes, and no others. */
export class ScriptedCall implements AsyncDisposable {
  readonly voice: VoicePage;
  readonly #practiceUrl: string;
  #id = '';
  /** The types of all well-formed events sent so far. */
  readonly #sent: string[] = [];

  private constructor(voice: VoicePage, practiceUrl: string) {
    this.voice = voice;
    this.#practiceUrl = practiceUrl;
  }

  /** Starts a call with a practice server that was started with `--scripted`. */
  static async begin(browser: Browser, practiceUrl: string): Promise<ScriptedCall> {
    const attributes = { 'token-url': TOKEN_PATH, 'calls-url': `${practiceUrl}/v1/realtime/calls`, muted: '' };
    const call = new ScriptedCall(
      await openVoicePage(browser, { attributes, routes: siteRoutes(practiceUrl) }),
      practiceUrl,
    );
    // By script, because only the page in front can be clicked, and several share the browser.
    await call.voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
    call.#id = (await until('the call has an id', () => callIdOf(call.voice), Boolean))!;
    await until(
      'the event channel is open',
      () => call.#post([SESSION_CREATED]),
      (sent) => sent === 1,
    );
    call.#sent.push(SESSION_CREATED.type);
    await call.voice.untilState('listening');
    return call;
  }

  /** Sends events in this order. A string is sent as it is. */
  async send(events: readonly (Wire | string)[]): Promise<void> {
    assert.equal(await this.#post(events), events.length);
    this.#sent.push(...events.filter((event) => typeof event !== 'string').map(({ type }) => type));
  }

  /** Checks transcript, page and call, then ends the call. */
  async assertWhole(lines: readonly Line[]): Promise<void> {
    const { voice } = this;
    await this.#assertTranscript(lines);
    // One more exchange, in order, shows that the call still works, whatever state the events left.
    const { question, answer, heard, lines: more } = spokenExchange(LAST, lines.at(-1)!.id);
    await this.send([...question, ...answer, ...heard]);
    await this.#assertTranscript([...lines, ...more]);
    assert.equal(await voice.state(), 'listening');
    assert.deepEqual(await this.#received(), this.#sent, 'the page got every event, known or not, in order');

    await voice.page.$eval('realtime-voice', (element) => element.stop());
    assert.equal(await voice.state(), 'idle');
    assert.deepEqual(await voice.detailsOf('voice-end', 'reason'), ['stopped']);
    await until(
      'the practice server sees the call end',
      () => practiceCall(this.#practiceUrl, this.#id),
      ({ state }) => state === 'closed',
    );
    const { errors, console } = voice.opened;
    assert.deepEqual([errors, console, await voice.detailsOf('voice-error', 'error')], [[], [], []]);
  }

  async #assertTranscript(lines: readonly Line[]): Promise<void> {
    const { voice } = this;
    await until(
      'every event has arrived',
      () => this.#received(),
      ({ length }) => length === this.#sent.length,
    );
    assert.deepEqual(
      (await voice.transcript()).map(({ createdAt: _, ...line }) => line),
      lines,
    );
    const shown = await voice.page.$eval('realtime-voice', async (element) => {
      await element.updateComplete;
      const all = [...element.shadowRoot!.querySelectorAll('[part~="entry"]')];
      return all.map((line) => [line.getAttribute('part'), line.querySelector('.words')!.textContent]);
    });
    assert.deepEqual(
      shown,
      lines.map(({ role, text }, index) => [
        `entry entry-${role}${index === lines.length - 1 ? ' entry-latest' : ''}`,
        text,
      ]),
    );
  }

  #received(): Promise<string[]> {
    return this.voice.detailsOf('voice-server-event', 'type');
  }

  async #post(events: readonly (Wire | string)[]): Promise<number> {
    const response = await fetch(`${this.#practiceUrl}/practice/calls/${this.#id}/events`, {
      method: 'POST',
      body: JSON.stringify(events),
    });
    return ((await response.json()) as { sent: number }).sent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
  }
}
