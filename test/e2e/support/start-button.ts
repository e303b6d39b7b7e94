import assert from 'node:assert/strict';
import { offersOf } from '../../support/page.js';
import { practiceCalls, type PracticeCall } from './practice-calls.js';
import type { Recorder } from './recorder.js';
import { TOKEN_PATH } from './site.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

const START = 'realtime-voice >>> [part~="start-button"]';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The start button of a page under a real pointer, and what comes of it at the service. */
export class StartButton {
  readonly #voice: VoicePage;
  readonly #practiceUrl: string;
  /** The calls that the service had before. */
  readonly #before: ReadonlySet<string>;

  private constructor(voice: VoicePage, practiceUrl: string, before: ReadonlySet<string>) {
    this.#voice = voice;
    this.#practiceUrl = practiceUrl;
    this.#before = before;
  }

  /** Brings the page to the front: only there a real pointer can be used. */
  static async of(voice: VoicePage, practiceUrl: string): Promise<StartButton> {
    await voice.page.bringToFront();
    const before = new Set((await practiceCalls(practiceUrl)).map(({ id }) => id));
    const button = new StartButton(voice, practiceUrl, before);
    const { x, y } = await button.middle();
    await voice.page.mouse.move(x, y - 200);
    return button;
  }

  async middle(): Promise<Point> {
    const button = (await this.#voice.page.waitForSelector(START))!;
    const { x, y, width, height } = (await button.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** The pointer comes to rest on the button. */
  async rest(): Promise<void> {
    const { x, y } = await this.middle();
    await this.#voice.page.mouse.move(x, y);
  }

  /** The pointer goes down on the button. */
  async press(button: 'left' | 'right' = 'left'): Promise<void> {
    await this.rest();
    await this.#voice.page.mouse.down({ button });
  }

  async lift(): Promise<void> {
    await this.#voice.page.mouse.up();
  }

  /** The pointer leaves the button, be it down or not. */
  async leave(): Promise<void> {
    const { x, y } = await this.middle();
    await this.#voice.page.mouse.move(x, y - 200);
  }

  async focus(): Promise<void> {
    await this.#voice.page.focus(START);
  }

  /** The calls that the service has got since the page was opened. */
  async calls(): Promise<PracticeCall[]> {
    return (await practiceCalls(this.#practiceUrl)).filter(({ id }) => !this.#before.has(id));
  }

  /** Waits until the service has the first or another call, whose session is announced. */
  async untilCalled(count = 1): Promise<PracticeCall> {
    const calls = await until(
      `the service has ${count} calls whose channel is open`,
      () => this.calls(),
      (all) => all.length === count && all.at(-1)!.channel === 'open',
    );
    return calls.at(-1)!;
  }

  /** Waits until the service has seen all calls end. */
  async untilHungUp(): Promise<void> {
    await until(
      'the service sees the call end',
      () => this.calls(),
      (all) => all.length > 0 && all.every(({ state }) => state === 'closed'),
    );
  }

  /** Waits until the page has noticed that the connection of its call is lost. */
  async untilLost(): Promise<void> {
    await until(
      'the page has noticed',
      () =>
        this.#voice.page.evaluate(
          () => (window as unknown as { __recorder: Recorder }).__recorder.peers[0]!.connectionState,
        ),
      (state) => state !== 'connected',
    );
  }

  /** How many secrets and offers the page has asked for. */
  get asked(): { readonly secrets: number; readonly offers: number } {
    const { opened } = this.#voice;
    return { secrets: offersOf(opened, TOKEN_PATH).length, offers: offersOf(opened).length };
  }

  /** Before the click nobody notices the call: not the page, not the visitor, not the model. */
  async assertUnnoticed(): Promise<void> {
    const voice = this.#voice;
    const { made, tracks } = await voice.opened.alive();
    assert.deepEqual([await voice.events(), await voice.state(), voice.opened.errors], [[], 'idle', []]);
    assert.equal(await voice.page.$eval('realtime-voice', ({ callId }) => callId), undefined);
    assert.deepEqual([made['AudioContext'], made['getUserMedia'], tracks], [undefined, undefined, 0]);
    const [call] = await this.calls();
    assert.deepEqual(
      { sent: call!.heard.packets, speech: call!.heard.speechMs, voiced: call!.sent.voicedFrames },
      { sent: 0, speech: 0, voiced: 0 },
    );
    assert.deepEqual([call!.items, call!.clientEvents], [[], []]);
  }

  /** The call that was there before the click is the one that runs now, and the page has asked for nothing else. */
  async assertUsed(call: PracticeCall, secrets = 1): Promise<void> {
    await this.#voice.untilState('listening');
    assert.equal(await this.#voice.page.$eval('realtime-voice', ({ callId }) => callId), call.id);
    assert.deepEqual([this.asked, (await this.calls()).length], [{ secrets, offers: secrets }, 1]);
    assert.deepEqual([await this.#voice.failures(), this.#voice.opened.errors], [[], []]);
  }
}
