import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import type { TranscriptEntry } from '../../../src/session/index.js';
import { dropCall, type PracticeCall } from './practice-calls.js';
import type { Recorder, SeenEvent } from './recorder.js';
import { callIdOf, RelayedSite } from './relayed-site.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** The fields of client events that are checked here. */
interface ClientEvent {
  readonly type: string;
  readonly item?: {
    readonly id: string;
    readonly role: string;
    readonly content: readonly { type: string; text: string }[];
  };
  readonly session?: { readonly audio?: { readonly input?: { readonly turn_detection?: Record<string, unknown> } } };
}

/** A call that is about to lose its connection. */
export class InterruptedCall implements AsyncDisposable {
  readonly site: RelayedSite;
  readonly voice: VoicePage;
  /** The transcript before the connection was lost. */
  before: readonly TranscriptEntry[] = [];
  #callId: string | undefined;
  #track: string | undefined;
  /** The number of microphone tracks, including copies that are not sent. */
  #tracks = NaN;

  private constructor(site: RelayedSite, voice: VoicePage) {
    this.site = site;
    this.voice = voice;
  }

  /** Starts a call. With `midSentence`, the assistant is in the middle of a long answer. */
  static async begin(
    browser: Browser,
    practiceUrl: string,
    midSentence: boolean,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<InterruptedCall> {
    const site = await RelayedSite.open(practiceUrl);
    const call = new InterruptedCall(site, await site.converse(browser, attributes));
    await call.ask('Can you hear me?');
    if (midSentence) await call.#hearStory();
    call.before = await call.voice.transcript();
    call.#callId = await callIdOf(call.voice);
    call.#track = await call.#sentTrack();
    call.#tracks = (await call.voice.opened.alive()).tracks;
    return call;
  }

  /** Types a question and waits until the answer has been played. */
  async ask(text: string): Promise<void> {
    const { length } = await this.voice.states();
    const { length: lines } = await this.voice.transcript();
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

  drop(how: 'peer' | 'channel'): Promise<void> {
    return dropCall(this.site.practiceUrl, this.#callId, how);
  }

  /** Makes the service send events in the call that is lost, or will be lost. */
  tell(events: readonly object[]): Promise<Response> {
    return fetch(`${this.site.practiceUrl}/practice/calls/${this.#callId}/events`, {
      method: 'POST',
      body: JSON.stringify(events),
    });
  }

  /**
   * Waits for the reconnect and returns the detail of `voice-reconnect`. A busy machine gets twice the time that the
   * start of the call took there, if that is longer.
   */
  async untilRestored(limitMs: number): Promise<SeenEvent['detail']> {
    await this.voice.untilStates(
      'it is restored',
      (states) => states.at(-1) === 'listening' && states.includes('reconnecting'),
      Math.max(limitMs, 2 * this.site.startTook),
    );
    const [event, ...more] = await this.voice.events('voice-reconnect');
    assert.equal(more.length, 0);
    return event!.detail;
  }

  async untilFailed(code: string): Promise<void> {
    await this.voice.untilStates('it is given up', (states) => states.at(-1) === 'failed', 30_000);
    assert.deepEqual(
      (await this.voice.failures()).map((error) => error.code),
      [code],
    );
    assert.deepEqual(
      (await this.voice.events('voice-end')).map(({ detail }) => detail['reason']),
      ['error'],
    );
  }

  /** Every entry is in its place. Unfinished entries are interrupted, final ones unchanged. */
  async assertKept(): Promise<void> {
    const now = (await this.voice.transcript()).slice(0, this.before.length);
    assert.deepEqual(
      now.map(({ id }) => id),
      this.before.map(({ id }) => id),
    );
    for (const [index, entry] of this.before.entries()) {
      if (entry.status === 'final' && now[index]!.status === 'final') assert.deepEqual(now[index], entry);
      else
        assert.deepEqual(
          [now[index]!.status, now[index]!.text.startsWith(entry.text)],
          ['interrupted', true],
          JSON.stringify(now[index]),
        );
    }
  }

  /** The new session got the whole transcript before it could hear anything, and did not respond by itself. */
  async assertResumed(): Promise<void> {
    const entries = (await this.voice.transcript()).slice(0, this.before.length);
    const call = await until(
      'the service has received the transcript',
      () => this.site.callOf(this.voice),
      ({ clientEvents }) => clientEvents.length >= entries.length + 3,
      5000,
    );
    assert.notEqual(call.id, this.#callId);
    const events = call.clientEvents as readonly ClientEvent[];
    const told = events.slice(0, entries.length + 3);
    assert.deepEqual(
      told.map(({ type }) => type),
      [
        'session.update',
        'input_audio_buffer.clear',
        ...entries.map(() => 'conversation.item.create'),
        'session.update',
      ],
    );
    const detection = (event: ClientEvent): unknown => event.session?.audio?.input?.turn_detection?.['create_response'];
    assert.deepEqual([detection(told[0]!), detection(told.at(-1)!)], [false, true]);
    for (const [index, entry] of entries.entries()) {
      const { id, role, content } = told[index + 2]!.item!;
      assert.deepEqual([id, role], [entry.id, entry.role]);
      const [{ text }, ...more] = content as unknown as [{ text: string }];
      assert.equal(more.length, 0);
      // Of an interrupted entry, the session gets at most what was played.
      if (entry.status === 'final') assert.equal(text, entry.text);
      else assert.ok(text !== '' && entry.text.startsWith(text), text);
    }
    assert.deepEqual(
      itemsOf(call).slice(0, entries.length),
      entries.map(({ id }) => id),
    );
  }

  /** The microphone was not requested again, and the same track is sent. */
  async assertSameMicrophone(): Promise<void> {
    assert.deepEqual(await this.voice.microphone(), { granted: 1, refused: 0 });
    assert.equal(await this.#sentTrack(), this.#track);
    const { tracks, peers } = await this.voice.opened.alive();
    assert.deepEqual({ tracks, peers }, { tracks: this.#tracks, peers: 1 });
  }

  /** The id of the microphone's track in the newest connection. */
  #sentTrack(): Promise<string | undefined> {
    return this.voice.page.evaluate(() => {
      const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
      return peer.getSenders()[0]?.track?.id;
    });
  }

  async #hearStory(): Promise<void> {
    await this.voice.page.$eval('realtime-voice', (element) => element.sendText('long story'));
    const story = async (): Promise<string> => (await this.voice.transcript())[3]?.text ?? '';
    await until('the story is being told', story, ({ length }) => length > 60);
    assert.equal(await this.voice.state(), 'speaking');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.voice.close();
    await this.site.close();
  }
}

function itemsOf(call: PracticeCall): string[] {
  return (call as PracticeCall & { items: readonly { id: string }[] }).items.map(({ id }) => id);
}
