import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import type { PracticeCall } from './practice-calls.js';
import type { Recorder } from './recorder.js';
import { callIdOf, practiceCall } from './relayed-site.js';
import { siteRoutes, TOKEN_PATH } from './site.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './voice-page.js';

export interface LiveCallOptions extends VoicePageOptions {
  /** Whether the microphone is heard, by a service that does not answer to it; else it is muted. */
  readonly speaks?: boolean;
  /** Begin without a microphone. */
  readonly typing?: boolean;
  /** Properties of the element, set before it is started. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The microphone as the service gets it. */
export interface SentTrack {
  readonly id: string;
  readonly readyState: MediaStreamTrackState;
  readonly deviceId: string | undefined;
}

/** A running call: what the page, its visitor and the service at the other end see of it. */
export class LiveCall implements AsyncDisposable {
  readonly voice: VoicePage;
  /** The service's id of the call. */
  readonly id: string;
  readonly #practiceUrl: string;

  private constructor(voice: VoicePage, practiceUrl: string, id: string) {
    this.voice = voice;
    this.id = id;
    this.#practiceUrl = practiceUrl;
  }

  static async begin(browser: Browser, practiceUrl: string, options: LiveCallOptions = {}): Promise<LiveCall> {
    const { speaks, typing, properties = {}, ...page } = options;
    const attributes = { ...(!speaks && { muted: '' }), ...page.attributes };
    const voice = await openVoicePage(browser, LiveCall.page(practiceUrl, { ...page, attributes }));
    // Not by a click: several pages are in the same browser, and only one is in front.
    const start = (
      element: HTMLElementTagNameMap['realtime-voice'],
      properties: object,
      microphone: boolean,
    ): Promise<void> => Object.assign(element, properties).start({ microphone });
    await voice.page.$eval('realtime-voice', start, properties, !typing);
    const call = await LiveCall.of(voice, practiceUrl);
    if (speaks) await call.answers(false);
    return call;
  }

  /** The call that a page is in. */
  static async of(voice: VoicePage, practiceUrl: string): Promise<LiveCall> {
    return new LiveCall(voice, practiceUrl, (await callIdOf(voice))!);
  }

  /** A page that can call the practice server, with a token of its site. */
  static page(practiceUrl: string, options: VoicePageOptions = {}): VoicePageOptions {
    return {
      ...options,
      attributes: { 'token-url': TOKEN_PATH, 'calls-url': `${practiceUrl}/v1/realtime/calls`, ...options.attributes },
      routes: { ...siteRoutes(practiceUrl), ...options.routes },
    };
  }

  get #url(): string {
    return `${this.#practiceUrl}/practice/calls/${this.id}`;
  }

  /** The call as the service sees it. */
  peer(): Promise<PracticeCall> {
    return practiceCall(this.#practiceUrl, this.id);
  }

  /** Whether the service says anything by itself. */
  async answers(answers: boolean): Promise<void> {
    await fetch(`${this.#url}/scripted`, { method: 'POST', body: JSON.stringify({ scripted: !answers }) });
  }

  /** @returns how long it took, in seconds */
  untilClosed(limitMs = 2000): Promise<string> {
    return timed(() =>
      until(
        'the service sees the call end',
        () => this.peer(),
        ({ state }) => state === 'closed',
        limitMs,
      ),
    );
  }

  /** The service hears more than the silence of a muted microphone. */
  async untilHeard(): Promise<void> {
    await until(
      'the service hears the visitor',
      async () => (await this.peer()).heard.rms,
      (rms) => rms > 0.001,
      5000,
    );
  }

  /** The same call is still there: sound comes to the service, and a typed question is answered. */
  async assertGoesOn(text = 'Are you still there?'): Promise<void> {
    const { voice } = this;
    const { heard } = await this.peer();
    await until(
      'sound still goes out',
      async () => (await this.peer()).heard.packets,
      (packets) => packets > heard.packets + 10,
      3000,
    );
    await this.ask(text);
    assert.equal(await callIdOf(voice), this.id);
    assert.deepEqual([await voice.told('voice-end', 'reason'), voice.opened.errors], [[], []]);
    assert.equal((await voice.opened.alive()).peers, 1);
  }

  /** Types a question and waits until the answer has been heard. */
  async ask(text: string): Promise<void> {
    const { length } = await this.voice.states();
    const lines = (await this.voice.transcript()).length;
    await this.voice.page.$eval('realtime-voice', (element, text) => element.sendText(text), text);
    await this.voice.untilStates(`"${text}" is answered`, (states) =>
      states.slice(length).join(' ').endsWith('speaking listening'),
    );
    const added = (await this.voice.transcript()).slice(lines).map(({ role, text, status }) => [role, text, status]);
    assert.deepEqual(added, [
      ['user', text, 'final'],
      ['assistant', `You typed: ${text}`, 'final'],
    ]);
  }

  /** Presses a button by its words, as a script would: the page need not be in front. */
  async press(label: string): Promise<void> {
    const pressed = await this.voice.page.$eval(
      'realtime-voice',
      (element, label) => {
        const button = [...element.shadowRoot!.querySelectorAll('button')].find(
          ({ textContent }) => textContent.trim() === label,
        );
        button?.click();
        return !!button;
      },
      label,
    );
    assert.ok(pressed, `there is a button "${label}"`);
  }

  sentTrack(): Promise<SentTrack | undefined> {
    return this.voice.page.evaluate(() => {
      const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
      const track = peer.getSenders()[0]!.track;
      return track ? { id: track.id, readyState: track.readyState, deviceId: track.getSettings().deviceId } : undefined;
    });
  }

  /** The warnings so far, each by its code. */
  warnings(): Promise<string[]> {
    return this.voice.told('voice-warning', 'code');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
  }
}

/** What the visitor reads at this moment: the state, the line beneath it and the notice. */
export function wordsSeen({ page }: VoicePage): Promise<string> {
  return page.$eval('realtime-voice', async (element) => {
    await element.updateComplete;
    const words = ['[part="status"]', '.hint', '[part="notice"]'].map((part) => {
      const shown = element.shadowRoot!.querySelector(part)?.cloneNode(true) as Element | undefined;
      shown?.querySelectorAll('.unseen').forEach((unseen) => unseen.remove());
      return shown?.textContent.replace(/\s+/g, ' ').trim();
    });
    return words.filter(Boolean).join(' · ');
  });
}

/** @returns how long it took, in seconds */
export async function timed(step: () => Promise<unknown>): Promise<string> {
  const since = performance.now();
  await step();
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
