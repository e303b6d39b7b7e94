import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { Synthesizer } from '../../../demo/practice/speech/synthesizer.js';
import { Caller, type CallerOptions } from '../caller.js';
import { rms, silence } from '../signal.js';

/** Now and then the answer was cancelled on a busy machine, as by more speech. Interruption has a test of its own. */
const DETECTION = { type: 'server_vad', interrupt_response: false };
const TRANSCRIBED = { audio: { input: { transcription: { model: 'any' }, turn_detection: DETECTION } } };
const PUSH_TO_TALK = { audio: { input: { turn_detection: null } } };

/** All types in `wanted` have come in this order. Others may have come in between. */
function assertOrder(types: string[], wanted: string[]): void {
  let at = -1;
  for (const type of wanted) {
    at = types.indexOf(type, at + 1);
    assert.ok(at >= 0, `${type} is missing or out of order in:\n${types.join('\n')}`);
  }
}

describe('a call', () => {
  let server: PracticeServer;
  let sentence: Int16Array;
  let caller: Caller;
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

  const call = async (options: Omit<CallerOptions, 'url'> = {}): Promise<Caller> => {
    caller = await Caller.call({ url: server.url, dcid: 3, ...options });
    await caller.event('session.created');
    return caller;
  };
  const inspect = async () =>
    (await (await fetch(`${server.url}/practice/calls/${caller.callId}`)).json()) as {
      heard: { rms: number; peak: number; speechMs: number };
      sent: { packets: number; mediaSeconds: number };
      clientEvents: unknown[];
      items: { role?: string }[];
      state: string;
      endedAt: number | null;
    };
  const poke = (path: string, body: unknown) =>
    fetch(`${server.url}/practice/calls/${caller.callId}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('begins with `session.created` and the whole session', async () => {
    await call({ session: TRANSCRIBED });
    assert.deepEqual(caller.types(), ['session.created']);
    const { session } = await caller.event('session.created');
    assert.ok(session.type === 'realtime' && session.model === 'practice');
    assert.equal(session.audio?.input?.turn_detection?.type, 'server_vad');
    assert.equal(session.audio?.input?.transcription?.model, 'any');
    assert.ok('expires_at' in session && Math.abs(Number(session.expires_at) - Date.now() / 1000 - 3600) < 5);
  });

  it('uses the channel that the client opens if none was agreed on', async () => {
    caller = await Caller.call({ url: server.url });
    await caller.event('session.created');
  });

  it('plays a spoken turn back, with the events in the order of the service', async () => {
    await call({ session: TRANSCRIBED });
    await caller.speak(silence(300));
    await caller.speak(sentence);
    await caller.event('output_audio_buffer.started');
    const firstSound = caller.levels.length;
    await caller.event('output_audio_buffer.stopped');
    await caller.event('conversation.item.input_audio_transcription.completed');

    const types = caller.types();
    assertOrder(types, [
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'output_audio_buffer.started',
      'response.output_audio_transcript.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'conversation.item.done',
      'response.done',
      'output_audio_buffer.stopped',
    ]);
    assertOrder(types, [
      'response.created',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
    ]);

    const started = await caller.event('input_audio_buffer.speech_started');
    const committed = await caller.event('input_audio_buffer.committed');
    const transcript = await caller.event('conversation.item.input_audio_transcription.completed');
    assert.deepEqual([committed.item_id, transcript.item_id], [started.item_id, started.item_id]);
    assert.equal(committed.previous_item_id, null);
    assert.match(transcript.transcript, /^\(\d\.\d s of speech\)$/);
    assert.equal(transcript.usage.type, 'duration');

    const done = await caller.event('response.done');
    assert.equal(done.response.status, 'completed', JSON.stringify(done.response.status_details));
    const usage = done.response.usage;
    assert.ok(
      usage?.input_token_details?.audio_tokens &&
        usage.output_token_details?.audio_tokens &&
        usage.output_token_details.text_tokens,
    );
    const spoken = await caller.event('response.output_audio_transcript.done');
    const deltas = caller.events.flatMap((event) =>
      event.type === 'response.output_audio_transcript.delta' ? [event.delta] : [],
    );
    assert.equal(deltas.join(''), spoken.transcript);
    assert.match(spoken.transcript, /^Here is what I heard\. \(your voice, \d\.\d s\)$/);

    // An announcement, a pause, and then the caller's own speech: about as long as it was, and as loud as speech.
    const heard = caller.levels.slice(firstSound);
    assert.ok(rms(heard) > 0.05, `rms ${rms(heard)}`);
    const pauseEnd = Math.round(heard.length * 0.55);
    assert.ok(rms(heard.slice(pauseEnd)) > 0.05, `the recording is silent: ${rms(heard.slice(pauseEnd))}`);
    const { heard: server } = await inspect();
    const sentenceMs = sentence.length / 48;
    assert.ok(Math.abs(server.speechMs - sentenceMs) < 500, `${server.speechMs} of ${sentenceMs} ms`);
    assert.ok(server.peak > 0.3);
  });

  it('is interrupted by speech, and tells how much of the answer was heard', async () => {
    await call();
    caller.type('long story');
    await caller.until(() => caller.levels.filter((level) => level > 0.02).length > 100, 'a second of sound');
    const from = caller.events.length;
    await caller.speak(sentence);
    const done = await caller.event('response.done', from);
    assertOrder(caller.types(from), [
      'input_audio_buffer.speech_started',
      'output_audio_buffer.cleared',
      'conversation.item.truncated',
      'response.done',
    ]);
    assert.equal(done.response.status, 'cancelled');
    assert.equal(done.response.status_details?.reason, 'turn_detected');
    const truncated = await caller.event('conversation.item.truncated', from);
    assert.ok(truncated.audio_end_ms > 900 && truncated.audio_end_ms < 6000, `${truncated.audio_end_ms} ms`);
    // The interruption itself is answered like any turn.
    const again = await caller.event('output_audio_buffer.started', from);
    assert.notEqual(again.response_id, done.response.id);
    const stops = caller.events.filter(
      (event) => event.type === 'output_audio_buffer.stopped' && event.response_id === done.response.id,
    );
    assert.equal(stops.length, 0);
  });

  it('lets a client cancel a response and clear its sound', async () => {
    await call();
    caller.type('long story');
    await caller.event('output_audio_buffer.started');
    const from = caller.events.length;
    caller.send({ type: 'response.cancel' });
    caller.send({ type: 'output_audio_buffer.clear' });
    await caller.event('conversation.item.truncated', from);
    const types = caller.types(from);
    assertOrder(types, ['response.done', 'output_audio_buffer.cleared', 'conversation.item.truncated']);
    assert.equal((await caller.event('response.done', from)).response.status_details?.reason, 'client_cancelled');
    caller.send({ type: 'response.cancel', event_id: 'mine' });
    const { error } = await caller.event('error', from);
    assert.deepEqual([error.code, error.event_id], ['response_cancel_not_active', 'mine']);
  });

  it('plays what was generated if a response is only cancelled', async () => {
    await call();
    caller.type('long story');
    await caller.event('output_audio_buffer.started');
    caller.send({ type: 'response.cancel' });
    await caller.event('output_audio_buffer.stopped');
    assertOrder(caller.types(), ['response.done', 'output_audio_buffer.stopped']);
  });

  it('waits for a commit if turn detection is off', async () => {
    await call({ session: PUSH_TO_TALK });
    caller.send({ type: 'input_audio_buffer.clear' });
    caller.send({ type: 'input_audio_buffer.commit', event_id: 'early' });
    const { error } = await caller.event('error');
    assert.deepEqual([error.code, error.event_id], ['input_audio_buffer_commit_empty', 'early']);
    await caller.speak(sentence);
    await caller.speak(silence(800));
    caller.send({ type: 'input_audio_buffer.commit' });
    caller.send({ type: 'response.create' });
    const { transcript } = await caller.event('response.output_audio_transcript.done');
    assert.match(transcript, /your voice/);
    assert.ok(!caller.types().some((type) => type.startsWith('input_audio_buffer.speech')));
    assertOrder(caller.types(), [
      'input_audio_buffer.cleared',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
    ]);
  });

  it('says that it heard nothing after a turn without speech', async () => {
    await call({ session: PUSH_TO_TALK });
    await caller.speak(silence(300));
    caller.send({ type: 'input_audio_buffer.commit' });
    caller.send({ type: 'response.create' });
    assert.match((await caller.event('response.output_audio_transcript.done')).transcript, /nothing but silence/);
  });

  it('only transcribes in a transcription session', async () => {
    await call({ session: { type: 'transcription', ...TRANSCRIBED } });
    await caller.speak(silence(300));
    await caller.speak(sentence);
    const { transcript } = await caller.event('conversation.item.input_audio_transcription.completed');
    const deltas = caller.events.flatMap((event) =>
      event.type === 'conversation.item.input_audio_transcription.delta' ? [event.delta] : [],
    );
    assert.equal(deltas.join(''), transcript);
    assert.ok(!caller.types().some((type) => type.startsWith('response.')));
  });

  it('answers a client without a microphone', async () => {
    await call({ direction: 'recvonly' });
    caller.type('hello');
    await caller.event('output_audio_buffer.stopped');
    assert.ok(rms(caller.levels) > 0.02);
  });

  it('sends 50 packets for each second of sound, in speech and in silence', async () => {
    await call();
    const { sent: before } = await inspect();
    caller.type('hello');
    await caller.event('output_audio_buffer.stopped');
    const { sent } = await inspect();
    const seconds = sent.mediaSeconds - before.mediaSeconds;
    assert.ok(seconds > 3, `${seconds} s of sound`);
    const perSecond = (sent.packets - before.packets) / seconds;
    assert.ok(Math.abs(perSecond - 50) <= 2, `${perSecond} packets for each second of sound`);
  });

  it('says nothing while it is scripted, and sends the events of a test', async () => {
    await call();
    await poke('scripted', { scripted: true });
    caller.send('not even JSON');
    caller.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
    });
    await poke('events', [
      { type: 'session.updated', session: { type: 'realtime' }, event_id: 'a' },
      '{"type":"session.updated","event_id":"b"}',
    ]);
    await caller.until(() => caller.events.length === 3, 'both events');
    assert.deepEqual(
      caller.events.slice(1).map((event) => ('event_id' in event ? event.event_id : undefined)),
      ['a', 'b'],
    );
    const { clientEvents, items } = await inspect();
    assert.equal(clientEvents[0], 'not even JSON');
    assert.equal(clientEvents.length, 2);
    assert.deepEqual(items, []);
  });

  it('can lose only its data channel, or its connection', async () => {
    await call();
    await poke('drop', { how: 'channel' });
    await caller.until(() => caller.channelState === 'closed', 'the channel to close');
    assert.equal((await inspect()).state, 'connected');
    await poke('drop', { how: 'peer' });
    assert.notEqual((await inspect()).endedAt, null);
  });

  it('ends when the client closes its connection', async () => {
    await call();
    caller.close();
    let endedAt: number | null = null;
    for (const deadline = Date.now() + 10_000; endedAt === null && Date.now() < deadline;)
      ({ endedAt } = await inspect());
    assert.notEqual(endedAt, null);
  });
});
