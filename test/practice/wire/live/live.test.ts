import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../../demo/practice/server.js';
import { Synthesizer } from '../../../../demo/practice/speech/synthesizer.js';
import { mint } from '../../caller.js';
import { BACKED, LiveCaller, postLive } from './live-caller.js';
import { rms, silence } from '../../signal.js';

const loudFrames = (levels: readonly number[]) => levels.filter((level) => level > 0.02).length;

describe('GPT-Live', () => {
  let server: PracticeServer;
  let sentence: Int16Array;
  let caller: LiveCaller;
  const speech = new Synthesizer(165);

  before(async () => {
    server = await startPracticeServer({ thinkingMs: 50 });
    sentence = (await speech.say('Good morning, can you hear me?')).samples;
  });
  afterEach(() => caller.close());
  after(async () => {
    await speech.close();
    await server.close();
  });

  const call = async (session: Record<string, unknown> = BACKED): Promise<LiveCaller> => {
    caller = await LiveCaller.live({ url: server.url, dcid: 4, session });
    return caller;
  };
  const inspect = async () =>
    (await (await fetch(`${server.url}/practice/calls/${caller.callId}`)).json()) as {
      muted: boolean;
      heard: { speechMs: number };
      endedAt: number | null;
    };
  /** The answer was said, or stopped. */
  const answered = (from = 0) => caller.event('session.usage.updated', from);

  it("is opened by the site's server, and begins with the whole session", async () => {
    await call({ ...BACKED, instructions: 'Be brief.' });
    assert.match(caller.callId, /^live_\w+$/);
    assert.deepEqual(caller.types(), ['session.started']);
    const { session, event_id } = await caller.event('session.started');
    assert.ok(event_id);
    assert.deepEqual([session.id, session.status, session.instructions], [caller.callId, 'active', 'Be brief.']);
    assert.ok(Math.abs(session.expires_at - Date.now() / 1000 - 3600) < 5);
    assert.deepEqual(session.delegation, BACKED.delegation);
  });

  it('refuses client secrets, sessions without a model or with unknown fields, and other transports', async () => {
    const { value } = (await (await mint(server.url, { session: { type: 'realtime' } })).json()) as { value: string };
    caller = new LiveCaller({ url: server.url });
    const transport = { type: 'webrtc', sdp: await caller.offer() };
    const refused = async (body: unknown, key?: string) => {
      const response = await postLive(server.url, body, key);
      const { error } = (await response.json()) as { error: { code: string; param: string | null } };
      return [response.status, error.code, error.param];
    };
    assert.deepEqual(await refused({ session: BACKED, transport }, value), [401, 'invalid_api_key', null]);
    assert.deepEqual(await refused({ session: {}, transport }), [400, 'missing_required_parameter', 'session.model']);
    assert.deepEqual(await refused({ session: { ...BACKED, type: 'realtime' }, transport }), [
      400,
      'unknown_parameter',
      'session.type',
    ]);
    assert.deepEqual(await refused({ session: BACKED, transport: { type: 'sip', sdp: transport.sdp } }), [
      400,
      'invalid_value',
      'transport.type',
    ]);
    assert.deepEqual(await refused({ session: BACKED, transport: { type: 'webrtc' } }), [
      400,
      'missing_required_parameter',
      'transport.sdp',
    ]);
    assert.deepEqual(await refused({ session: { ...BACKED, input: [{ role: 'user', content: 'x' }] }, transport }), [
      400,
      'invalid_value',
      'session.input[0]',
    ]);
    const response = await postLive(server.url, { session: BACKED, transport });
    const { session } = (await response.json()) as { session: { id: string } };
    assert.deepEqual([response.status, response.headers.get('location')], [201, `/v1/live/sessions/${session.id}`]);
  });

  it('uses the channel that the client opens if none was agreed on', async () => {
    caller = await LiveCaller.live({ url: server.url });
  });

  it('transcribes the caller during the turn, and then answers with words in time with the sound', async () => {
    await call();
    await caller.speak(silence(300));
    const spoken = caller.speak(sentence).then(() => caller.events.length);
    await caller.event('session.input_transcript.delta');
    const eventsAtItsEnd = await spoken;
    assert.ok(
      caller.deltas('input').length > 0 && caller.types().indexOf('session.input_transcript.delta') < eventsAtItsEnd,
      'only afterwards',
    );
    await caller.event('session.output_transcript.delta');
    const firstWord = caller.levels.length;
    await answered();

    assert.match(caller.words('input'), /^(… )+\(\d\.\d s of speech\)$/);
    assert.match(caller.words('output'), /^Here is what I heard\. \(your voice, \d\.\d s\)$/);
    for (const side of ['input', 'output'] as const) {
      const deltas = caller.deltas(side);
      assert.ok(deltas.every(({ start_ms, end_ms }) => Number.isInteger(start_ms) && end_ms >= start_ms));
      assert.deepEqual(
        deltas.map(({ start_ms }) => start_ms),
        deltas.map(({ start_ms }) => start_ms).sort((a, b) => a - b),
      );
    }
    const [heard, said] = [caller.deltas('input').at(-1), caller.deltas('output')];
    assert.ok((said[0]?.start_ms ?? 0) >= (heard?.end_ms ?? Infinity));
    // The last word is the recording: it lasts as long as what was heard, with a breath of silence at both ends.
    const recordingMs = (said.at(-1)?.end_ms ?? 0) - (said.at(-1)?.start_ms ?? 0);
    const heardMs = 1000 * Number(/\((\d\.\d) s of/.exec(caller.words('input'))?.[1]);
    assert.ok(
      heardMs > 1000 && recordingMs > heardMs - 100 && recordingMs < heardMs + 600,
      `${recordingMs} of ${heardMs} ms`,
    );
    assert.ok(rms(caller.levels.slice(firstWord)) > 0.05);
    const others = new Set(caller.types().filter((type) => !type.endsWith('_transcript.delta')));
    assert.deepEqual([...others], ['session.started', 'session.usage.updated']);
    assert.ok(caller.events.every((event) => !('item_id' in event)));
  });

  it('sends the words of an answer when they are heard, and not earlier', async () => {
    await call();
    caller.type('hello');
    await answered();
    const words = caller.events.filter(({ type }) => type === 'session.output_transcript.delta');
    const spans = caller.deltas('output');
    const took = (words.at(-1)?.at ?? 0) - (words[0]?.at ?? 0);
    const said = (spans.at(-1)?.start_ms ?? 0) - (spans[0]?.start_ms ?? 0);
    // Sound and words come late together where the processor is busy, but never early.
    assert.ok(said > 2000 && took > said - 800 && took < 2 * said, `${took} ms for ${said} ms`);
  });

  it('stops its answer when the caller speaks, and answers that turn', async () => {
    await call();
    caller.type('long story');
    await caller.until(() => loudFrames(caller.levels) > 100, 'a second of sound');
    const from = caller.events.length;
    const turn = caller.speak(sentence);
    // The answer ends when the caller speaks.
    await answered(from);
    const quietFrom = caller.levels.length + 30;
    const wordsThen = caller.deltas('output').length;
    await turn;
    assert.equal(caller.deltas('output').length, wordsThen);
    assert.ok(caller.levels.length > quietFrom + 50, 'too short to tell');
    assert.equal(loudFrames(caller.levels.slice(quietFrom, quietFrom + 50)), 0);
    await caller.until(() => caller.words('output', from).includes('your voice'), 'the answer to the turn');
    assert.ok(!caller.words('output').includes('end of the story'));
  });

  it('hears nothing while it is muted, and answers what was said before', async () => {
    await call();
    caller.send('{"type":"session.input_audio.mute","event_id":"m1"}');
    assert.equal((await caller.event('session.input_audio.muted')).client_event_id, 'm1');
    await caller.speak(sentence);
    await caller.speak(silence(800));
    assert.deepEqual(caller.deltas('input'), []);
    assert.ok((await inspect()).muted && (await inspect()).heard.speechMs > 1000, 'it reached the server');
    caller.send({ type: 'session.input_audio.unmute' });
    assert.equal((await caller.event('session.input_audio.unmuted')).client_event_id, undefined);
    await caller.speak(silence(300));
    assert.deepEqual(caller.deltas('input'), [], 'what was said into the muted line comes back');
    // Like a talk button that is released in the middle of a word.
    await Promise.all([
      caller.speak(sentence),
      caller.event('session.input_transcript.delta').then(() => caller.send({ type: 'session.input_audio.mute' })),
    ]);
    await caller.until(() => caller.words('output').includes('your voice'), 'an answer');
    const seconds = Number(/\((\d\.\d) s of speech\)$/.exec(caller.words('input'))?.[1]);
    assert.ok(seconds > 0.2 && seconds < 1.3, `${seconds} s: more than was said into the open line`);
  });

  describe('ends a session', () => {
    const ended = async () => {
      await caller.until(() => caller.channelState === 'closed', 'the channel to close');
      return caller.events.flatMap((event) => (event.type === 'session.closed' ? [event] : []));
    };

    it('on `session.close`, with reason and usage', async () => {
      await call();
      caller.type('long story');
      await caller.event('session.output_transcript.delta');
      caller.send('{"type":"session.close","event_id":"c1"}');
      const [closed, ...more] = await ended();
      assert.deepEqual(
        [closed?.reason, closed?.client_event_id, closed?.session.id, more.length],
        ['close_requested', 'c1', caller.callId, 0],
      );
      assert.ok(closed && closed.usage.seconds > 0 && closed.usage.seconds < 10, `${closed?.usage.seconds} s`);
      assert.equal(caller.types().at(-1), 'session.closed');
      assert.notEqual((await inspect()).endedAt, null);
    });

    it("if the site's server hangs up", async () => {
      await call();
      const hangup = await fetch(`${server.url}/v1/live/sessions/${caller.callId}/hangup`, {
        method: 'POST',
        headers: { Authorization: 'Bearer sk-practice' },
      });
      assert.equal(hangup.status, 200);
      assert.deepEqual(
        (await ended()).map(({ reason }) => reason),
        ['remote_hangup'],
      );
    });

    for (const [word, reasons] of [
      ['expire', ['expired']],
      ['drop', []],
    ] as const) {
      it(`if that is typed: ${word}`, async () => {
        await call();
        caller.type(word);
        assert.deepEqual(
          (await ended()).map(({ reason }) => reason),
          reasons,
        );
      });
    }

    it('when it expires', async () => {
      const brief = await startPracticeServer({ sessionSeconds: 1 });
      try {
        caller = await LiveCaller.live({ url: brief.url, dcid: 4 });
        assert.deepEqual(
          (await ended()).map(({ reason }) => reason),
          ['expired'],
        );
      } finally {
        await brief.close();
      }
    });
  });
});
