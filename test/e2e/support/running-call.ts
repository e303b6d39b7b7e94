import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { HEEDED_MS } from '../../support/until-it-counts.js';
import type { PracticeCall } from './practice-calls.js';
import type { Recorder } from './recorder.js';
import { callIdOf, practiceCall } from './relayed-site.js';
import { siteRoutes, TOKEN_PATH } from './site.js';
import { until } from './until.js';
import { openVoicePage, type VoicePage, type VoicePageOptions } from './voice-page.js';

export interface RunningCallOptions extends VoicePageOptions {
  /** The microphone is on, and the service does not answer it. By default it is muted. */
  readonly speaks?: boolean;
  /** Starts without a microphone. */
  readonly typing?: boolean;
  /** Properties of the element, set before the start. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The microphone track that is sent to the service. */
export interface SentTrack {
  readonly id: string;
  readonly readyState: MediaStreamTrackState;
  readonly deviceId: string | undefined;
}

/** A running call, as the page, the visitor and the service see it. */
export class RunningCall implements AsyncDisposable {
  readonly voice: VoicePage;
  /** The service's id of the call. */
  readonly id: string;
  readonly #practiceUrl: string;

  private constructor(voice: VoicePage, practiceUrl: string, id: string) {
    this.voice = voice;
    this.id = id;
    this.#practiceUrl = practiceUrl;
  }

  static async begin(browser: Browser, practiceUrl: string, options: RunningCallOptions = {}): Promise<RunningCall> {
    const { speaks, typing, properties = {}, ...page } = options;
    const attributes = { muted: '', ...page.attributes };
    const voice = await openVoicePage(browser, RunningCall.page(practiceUrl, { ...page, attributes }));
    // By script, because only the page in front can be clicked, and several share the browser.
    const start = (
      element: HTMLElementTagNameMap['realtime-voice'],
      properties: object,
      microphone: boolean,
    ): Promise<void> => Object.assign(element, properties).start({ microphone });
    await voice.page.$eval('realtime-voice', start, properties, !typing);
    const call = await RunningCall.of(voice, practiceUrl);
    if (speaks) {
      // First: the service would never end a turn that it has already begun to hear.
      await call.answers(false);
      await voice.page.$eval('realtime-voice', (element) => void (element.muted = false));
    }
    return call;
  }

  /** The present call of a page. */
  static async of(voice: VoicePage, practiceUrl: string): Promise<RunningCall> {
    return new RunningCall(voice, practiceUrl, (await callIdOf(voice))!);
  }

  /** Options of a page that can call the practice server, with a token endpoint. */
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

  /** Sets whether the service answers by itself. */
  async answers(answers: boolean): Promise<void> {
    await fetch(`${this.#url}/scripted`, { method: 'POST', body: JSON.stringify({ scripted: !answers }) });
  }

  /** Waits until the service sees the call end, and returns how long that took, such as `0.3 s`. */
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

  /** Waits until the service receives more than silence. */
  async untilHeard(): Promise<void> {
    await until(
      'the service hears the visitor',
      async () => (await this.peer()).heard.rms,
      (rms) => rms > 0.001,
      5000,
    );
  }

  /** Waits until the microphone itself is sent: what was said before the call was ready has been sent. */
  untilMicrophoneSent(limitMs = 30_000): Promise<SentTrack | undefined> {
    return until('the microphone itself is sent', () => this.sentTrack(), isMicrophone, limitMs);
  }

  /** The same call is running: audio reaches the service, and a typed question is answered. */
  async assertGoesOn(text = 'Are you still there?'): Promise<void> {
    const { voice } = this;
    const { heard } = await this.peer();
    await until(
      'audio is still sent',
      async () => (await this.peer()).heard.packets,
      (packets) => packets > heard.packets + 10,
      3000,
    );
    await this.ask(text);
    assert.equal(await callIdOf(voice), this.id);
    assert.deepEqual([await voice.detailsOf('voice-end', 'reason'), voice.opened.errors], [[], []]);
    assert.equal((await voice.opened.alive()).peers, 1);
  }

  /** Types a question and waits until the answer has been played. */
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

  /** Presses a button by its label. It does so by script, so that the page need not be in front. */
  async press(label: string): Promise<void> {
    const pressed = await this.voice.page.$eval(
      'realtime-voice',
      async (element, label, ms) => {
        const button = [...element.shadowRoot!.querySelectorAll('button')].find(
          ({ textContent }) => textContent.trim() === label,
        );
        if (button?.closest('.notice')) await new Promise((resolve) => setTimeout(resolve, ms));
        button?.click();
        return !!button;
      },
      label,
      HEEDED_MS,
    );
    assert.ok(pressed, `there is a button "${label}"`);
  }

  sentTrack(): Promise<SentTrack | undefined> {
    return this.voice.page.evaluate(() => {
      const { peers } = (window as unknown as { __recorder: Recorder }).__recorder;
      // The last one may be an attempt that was given up.
      const peer = peers.findLast(({ signalingState }) => signalingState !== 'closed');
      const track = peer?.getSenders()[0]!.track;
      return track ? { id: track.id, readyState: track.readyState, deviceId: track.getSettings().deviceId } : undefined;
    });
  }

  /** The codes of all warnings so far. */
  warnings(): Promise<string[]> {
    return this.voice.detailsOf('voice-warning', 'code');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
  }
}

/** What was kept of the first words comes from Web Audio, as its device says. */
export function isMicrophone(track: SentTrack | undefined): boolean {
  return !!track?.deviceId && !track.deviceId.startsWith('WebAudio');
}

/** The text that the visitor sees now: status, hint and notice. */
export function visibleText({ page }: VoicePage): Promise<string> {
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

/** Runs a step and returns how long it took, such as `1.2 s`. */
export async function timed(step: () => Promise<unknown>): Promise<string> {
  const since = performance.now();
  await step();
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
