import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { Caller } from '../caller.js';

const TEXT = { output_modalities: ['text'] };
const TOOL = {
  type: 'function',
  name: 'open_page',
  description: 'Opens a page',
  parameters: {
    type: 'object',
    properties: { path: { type: 'string', enum: ['/', '/prices'] }, times: { type: 'integer' } },
  },
};

describe('typed words', () => {
  let server: PracticeServer;
  let caller: Caller;

  before(async () => {
    server = await startPracticeServer({ thinkingMs: 0 });
  });
  beforeEach(async () => {
    caller = await Caller.call({ url: server.url, dcid: 3, session: { ...TEXT, tools: [TOOL] } });
    await caller.event('session.created');
  });
  afterEach(() => caller.close());
  after(() => server.close());

  const outputs = async () => {
    const { response } = await caller.event('response.done');
    return (response.output ?? []).flatMap((item) => (item.type === 'function_call' ? [item] : []));
  };

  it('are answered in text if the session asks for text', async () => {
    caller.type('What is this?');
    const { text } = await caller.event('response.output_text.done');
    assert.equal(text, 'You typed: What is this?');
    const deltas = caller.events.flatMap((event) => (event.type === 'response.output_text.delta' ? [event.delta] : []));
    assert.ok(deltas.length > 3);
    assert.equal(deltas.join(''), text);
    await caller.event('response.done');
    assert.ok(!caller.types().some((type) => type.includes('audio')));
  });

  it('are named in the greeting', async () => {
    caller.send({ type: 'response.create' });
    const { text } = await caller.event('response.output_text.done');
    for (const word of [
      'practice server',
      'no artificial intelligence',
      'hello',
      'long story',
      'tool',
      'two tools',
      'drop',
      'error',
      'quota',
      'expire',
      'silence',
      'help',
    ]) {
      assert.ok(text.includes(word), word);
    }
  });

  it('are explained by `help`, which also names those that the greeting leaves out', async () => {
    caller.type('help');
    const { text } = await caller.event('response.output_text.done');
    for (const word of ['broken tool', 'slow']) assert.ok(text.toLowerCase().includes(word), word);
  });

  it('call a tool with arguments that are not valid JSON', async () => {
    caller.type('broken tool');
    const [call] = await outputs();
    assert.equal(call?.name, 'open_page');
    assert.ok(call.arguments.startsWith('{"path"'));
    assert.throws(() => JSON.parse(call.arguments) as unknown);
  });

  it('are answered after five seconds: slow', async () => {
    caller.type('slow');
    const { at } = await caller.event('response.created');
    const item = await caller.event('response.output_item.added');
    assert.ok(item.at - at > 4800 && item.at - at < 7000, `${item.at - at} ms`);
  });

  it('call a tool with arguments that fit its schema, and say its result', async () => {
    caller.type('tool');
    const [call] = await outputs();
    assert.equal(call?.name, 'open_page');
    assert.deepEqual(JSON.parse(call.arguments), { path: '/', times: 1 });
    const streamed = caller.events.flatMap((event) =>
      event.type === 'response.function_call_arguments.delta' ? [event.delta] : [],
    );
    assert.equal(streamed.join(''), call.arguments);
    const from = caller.events.length;
    caller.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: call.call_id ?? '', output: 'Prices opened' },
    });
    caller.send({ type: 'response.create' });
    assert.equal(
      (await caller.event('response.output_text.done', from)).text,
      'The tool open page answered: Prices opened.',
    );
  });

  it('call two tools at once', async () => {
    caller.type('two tools');
    const calls = await outputs();
    assert.equal(calls.length, 2);
    assert.notEqual(calls[0]?.call_id, calls[1]?.call_id);
  });

  it('fail with `insufficient_quota`', async () => {
    caller.type('quota');
    const { response } = await caller.event('response.done');
    assert.equal(response.status, 'failed');
    assert.equal(response.status_details?.error?.code, 'insufficient_quota');
  });

  it('fail with `server_error`', async () => {
    caller.type('fail');
    const { response } = await caller.event('response.done');
    assert.deepEqual([response.status, response.status_details?.error?.type], ['failed', 'server_error']);
  });

  it('are answered without output: silence', async () => {
    caller.type('silence');
    const { response } = await caller.event('response.done');
    assert.deepEqual([response.status, response.output], ['completed', []]);
  });

  it('send an error, and the answer after it', async () => {
    caller.type('error');
    await caller.event('error');
    assert.equal((await caller.event('response.done')).response.status, 'completed');
  });

  for (const word of ['drop', 'expire']) {
    it(`end the call: ${word}`, async () => {
      caller.type(word);
      await caller.until(() => caller.channelState === 'closed', 'the channel to close');
      const codes = caller.events.flatMap((event) => (event.type === 'error' ? [event.error.code] : []));
      assert.deepEqual(codes, word === 'expire' ? ['session_expired'] : []);
    });
  }

  it('refuse a second response while one is active, unless it is out of band', async () => {
    caller.type('long story');
    const { response } = await caller.event('response.created');
    caller.send({ type: 'response.create', event_id: 'second' });
    const { error } = await caller.event('error');
    assert.deepEqual([error.code, error.event_id], ['conversation_already_has_active_response', 'second']);
    caller.send({
      type: 'response.create',
      response: { conversation: 'none', metadata: { topic: 'aside' }, instructions: 'Summarise.' },
    });
    await caller.until(
      () => caller.events.some((event) => event.type === 'response.done' && event.response.id !== response.id),
      'the answer out of band',
    );
    const aside = caller.events.find((event) => event.type === 'response.done');
    assert.ok(aside?.type === 'response.done');
    assert.deepEqual(aside.response.metadata, { topic: 'aside' });
    assert.equal(aside.response.conversation_id, undefined);
    const added = caller.events.filter((event) => event.type === 'conversation.item.added');
    assert.equal(added.length, 2, 'the typed item and the long story');
  });

  it('are items that can be read, truncated and deleted', async () => {
    caller.send({
      type: 'conversation.item.create',
      item: { id: 'mine', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
    });
    caller.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'y' }] },
      previous_item_id: 'root',
    });
    caller.send({ type: 'conversation.item.retrieve', item_id: 'mine' });
    const { item } = await caller.event('conversation.item.retrieved');
    assert.ok(item.type === 'message' && item.id === 'mine');
    caller.send({ type: 'conversation.item.delete', item_id: 'mine' });
    await caller.event('conversation.item.deleted');
    caller.send({ type: 'conversation.item.delete', item_id: 'mine', event_id: 'again' });
    assert.equal((await caller.event('error')).error.event_id, 'again');
    const from = caller.events.length;
    caller.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'assistant', content: [{ type: 'output_audio' }] },
    });
    assert.equal((await caller.event('error', from)).error.param, 'item.content[0].type');
  });

  it('come with session updates: a missing field stays, null clears a field, the model is fixed', async () => {
    caller.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: { model: 'any' } } } },
    });
    const { session } = await caller.event('session.updated');
    assert.ok(session.type === 'realtime');
    assert.equal(session.audio?.input?.transcription?.model, 'any');
    assert.equal(session.audio.input.turn_detection?.type, 'server_vad');
    assert.equal(session.tools?.length, 1);
    const from = caller.events.length;
    caller.send(
      '{"type":"session.update","session":{"type":"realtime",' +
        '"audio":{"input":{"transcription":null,"turn_detection":null}}}}',
    );
    const cleared = (await caller.event('session.updated', from)).session.audio?.input;
    assert.deepEqual([cleared?.transcription, cleared?.turn_detection], [null, null]);
    caller.send({ type: 'session.update', session: { type: 'realtime', model: 'another' } });
    assert.equal((await caller.event('error')).error.param, 'session.model');
  });

  it('come with errors for unknown events and invalid JSON', async () => {
    caller.send('{"type":"response.make","event_id":"odd"}');
    const { error } = await caller.event('error');
    assert.deepEqual([error.type, error.code, error.event_id], ['invalid_request_error', 'unknown_parameter', 'odd']);
    const from = caller.events.length;
    caller.send('{');
    assert.equal((await caller.event('error', from)).error.code, 'invalid_json');
  });
});
