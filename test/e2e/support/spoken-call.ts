import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { practiceCalls, type PracticeCall, type PracticeItem } from './practice-calls.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './voice-page.js';

/** The states of one typed turn and its answer. */
export const TURN = ['thinking', 'speaking', 'listening'];
/** The practice server's answer to `hello`. */
export const HELLO = 'Hello to you! It is good to hear from you. I am only a practice server, but a polite one.';
/** Its answer to `blue`. */
export const TYPED = 'You typed: blue';
/** Its answer to `tool`. */
export const SHOWN = 'The tool show answered: moss is shown.';

export interface SpokenCallOptions extends Pick<VoicePageOptions, 'attributes' | 'routes' | 'prelude'> {
  initialSession?: object | undefined;
}

/** The call as the practice server sees it. */
export interface ServerCall extends PracticeCall {
  /** Only with GPT-Live: whether the page has muted itself. */
  readonly muted?: boolean;
  readonly items: readonly (PracticeItem & { readonly id: string })[];
}

/** A call with the practice server. It starts muted and has the tool `show`. */
export class SpokenCall implements AsyncDisposable {
  readonly voice: VoicePage;
  readonly #practiceUrl: string;

  private constructor(voice: VoicePage, practiceUrl: string) {
    this.voice = voice;
    this.#practiceUrl = practiceUrl;
  }

  static async begin(browser: Browser, practiceUrl: string, options: SpokenCallOptions): Promise<SpokenCall> {
    const { attributes, initialSession, ...page } = options;
    const voice = await openVoicePage(browser, { ...page, attributes: { ...attributes, muted: '' } });
    const call = new SpokenCall(voice, practiceUrl);
    // By script, because only the page in front can be clicked, and several share the browser.
    await voice.page.$eval(
      'realtime-voice',
      (element, initialSession) => {
        if (initialSession) element.initialSession = initialSession as Record<string, unknown>;
        element.tools = [
          {
            name: 'show',
            parameters: { type: 'object', properties: { fabric: { enum: ['moss'] } } },
            execute: (args: unknown) => `${(args as { fabric: string }).fabric} is shown`,
          },
        ];
        void element.start().catch(() => {});
      },
      initialSession,
    );
    try {
      await voice.untilState('listening');
    } catch (error) {
      await voice.close();
      throw error;
    }
    return call;
  }

  say(text: string): Promise<void> {
    return this.voice.page.$eval('realtime-voice', (element, text) => void element.sendText(text), text);
  }

  /** One typed turn, until its answer has been played. */
  async type(text: string, answer: string): Promise<void> {
    const { voice } = this;
    const { length } = await voice.transcript();
    await this.#turn(() => this.say(text));
    const said = (await voice.transcript())
      .slice(length)
      .map(({ role, text, source, status }) => ({ role, text, source, status }));
    assert.deepEqual(said, [
      { role: 'user', text, source: 'text', status: 'final' },
      { role: 'assistant', text: answer, source: 'speech', status: 'final' },
    ]);
  }

  /** One spoken turn with a microphone that hums without a pause. Muting ends the turn. */
  async hum(): Promise<void> {
    const { heard } = await this.atServer();
    await this.#turn(async () => {
      await this.mute(false);
      await until(
        'the server hears somebody',
        () => this.atServer(),
        (call) => call.heard.speechMs > heard.speechMs + 1000,
      );
      await this.mute(true);
    });
  }

  mute(muted: boolean): Promise<void> {
    return this.voice.page.$eval('realtime-voice', (element, muted) => void (element.muted = muted), muted);
  }

  /** The call id that the element shows to the page. */
  callId(): Promise<string | undefined> {
    return this.voice.page.$eval('realtime-voice', (element) => element.callId);
  }

  /** The call as the practice server sees it; found by its id, or else by the last typed text. */
  async atServer(id?: string): Promise<ServerCall> {
    const wanted = id ?? (await this.callId());
    const typed = (await this.voice.transcript()).findLast(({ source }) => source === 'text')?.id;
    const calls = (await practiceCalls(this.#practiceUrl)) as ServerCall[];
    const found = calls.find((call) => (wanted ? call.id === wanted : call.items.some((item) => item.id === typed)));
    if (!found) throw new Error(`The practice server knows no call ${wanted}.`);
    return found;
  }

  async hangUp(): Promise<void> {
    const { voice } = this;
    const { id } = await this.atServer();
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    assert.equal(await voice.state(), 'idle');
    assert.deepEqual(
      (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
      ['stopped'],
    );
    await until(
      'the practice server sees the call end',
      () => this.atServer(id),
      ({ state }) => state === 'closed',
    );
  }

  async #turn(speak: () => Promise<void>): Promise<void> {
    const { voice } = this;
    const { length } = await voice.states();
    await speak();
    await until(
      'the turn is over',
      () => voice.states(),
      (states) => states.length >= length + TURN.length,
    );
    assert.deepEqual((await voice.states()).slice(length), TURN);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
  }
}
