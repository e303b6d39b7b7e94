import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../../demo/practice/server.js';
import { Synthesizer } from '../../../../demo/practice/speech/synthesizer.js';
import { Caller } from '../../caller.js';
import { silence } from '../../signal.js';

describe('a transcription session', () => {
  let server: PracticeServer;
  let caller: Caller;
  const speech = new Synthesizer(165);

  before(async () => {
    server = await startPracticeServer();
  });
  afterEach(() => caller.close());
  after(async () => {
    await speech.close();
    await server.close();
  });

  const transcribed = async (model: string, sentence: string) => {
    const { samples } = await speech.say(sentence);
    caller = await Caller.call({
      url: server.url,
      dcid: 3,
      session: { type: 'transcription', audio: { input: { transcription: { model } } } },
    });
    await caller.event('session.created');
    await caller.speak(silence(300));
    await caller.speak(samples);
    const { transcript, item_id } = await caller.event('conversation.item.input_audio_transcription.completed');
    const segments = caller.events.flatMap((event) =>
      event.type === 'conversation.item.input_audio_transcription.segment' ? [event] : [],
    );
    return { transcript, item_id, segments };
  };

  it('has a segment for each speaker if its model separates speakers', async () => {
    const { transcript, item_id, segments } = await transcribed('any-diarize', 'Good morning, can you hear me?');
    assert.deepEqual(
      segments.map(({ speaker }) => speaker),
      ['A', 'B'],
    );
    assert.equal(segments.map(({ text }) => text).join(' '), transcript);
    assert.ok(
      segments.every(
        (segment) => segment.item_id === item_id && segment.content_index === 0 && segment.start < segment.end,
      ),
    );
    assert.notEqual(segments[0]?.id, segments[1]?.id);
    assert.deepEqual([segments[0]?.start, segments[0]?.end], [0, segments[1]?.start]);
    assert.ok(caller.types().at(-1)?.endsWith('.completed'), 'before the end');
  });

  it('has one segment in a short turn', async () => {
    const { segments } = await transcribed('any-diarize', 'Hello.');
    assert.deepEqual(
      segments.map(({ speaker }) => speaker),
      ['A'],
    );
  });

  it('has no segments with another model', async () => {
    const { segments, transcript } = await transcribed('any', 'Good morning, can you hear me?');
    assert.deepEqual(segments, []);
    assert.match(transcript, /^\(\d\.\d s of speech\)$/);
  });
});
