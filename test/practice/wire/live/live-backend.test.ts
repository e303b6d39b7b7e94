import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type PracticeServer, startPracticeServer } from '../../../../demo/practice/server.js';
import { BACKED, LiveCaller } from './live-caller.js';

const TOOL = {
  type: 'function',
  name: 'open_page',
  parameters: { type: 'object', properties: { path: { type: 'string', enum: ['/', '/prices'] } } },
};
const WITH_TOOL = { model: 'any', delegation: { type: 'responses', responses: { model: 'any', tools: [TOOL] } } };

describe('the backend of GPT-Live', () => {
  let server: PracticeServer;
  let caller: LiveCaller;

  before(async () => {
    server = await startPracticeServer({ thinkingMs: 50, voiceRate: 350 });
  });
  afterEach(() => caller.close());
  after(() => server.close());

  const call = async (session: Record<string, unknown> = BACKED): Promise<void> => {
    caller = await LiveCaller.live({ url: server.url, dcid: 4, session });
  };
  const answered = (from = 0) => caller.event('session.usage.updated', from);

  it('can be changed in a running session, unlike everything else', async () => {
    await call();
    caller.send(
      JSON.stringify({
        type: 'session.update',
        event_id: 'u1',
        session: { delegation: { type: 'responses', responses: { tools: [TOOL] } } },
      }),
    );
    const { session, client_event_id } = await caller.event('session.updated');
    assert.equal(client_event_id, 'u1');
    assert.deepEqual(session.delegation, { type: 'responses', responses: { model: 'any', tools: [TOOL] } });
    for (const change of [{ instructions: 'x' }, { audio: {} }, { delegation: { type: 'client' } }]) {
      const from = caller.events.length;
      caller.send(JSON.stringify({ type: 'session.update', event_id: 'u2', session: change }));
      const { error } = await caller.event('error', from);
      assert.equal(error.client_event_id, 'u2');
    }
  });

  it('answers typed words, and its events are wrapped', async () => {
    await call();
    caller.type('hello');
    await answered();
    assert.match(caller.words('output'), /^Hello to you!/);
    assert.deepEqual(
      caller.backend().map(({ type }) => type),
      ['response.created', 'response.output_item.done', 'response.completed'],
    );
    const text = JSON.stringify(caller.backend().find(({ type }) => type === 'response.output_item.done'));
    assert.ok(text.includes('"output_text"') && text.includes(caller.words('output').trim()));
  });

  it('greets if it is asked for a response first', async () => {
    await call();
    caller.send({ type: 'response.create' });
    await caller.until(() => caller.words('output').startsWith('Hello! I am the practice server'), 'the greeting');
  });

  it('knows what was said before the session', async () => {
    await call({
      ...BACKED,
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'What about Tuesday?' }] }],
    });
    caller.send({ type: 'response.create' });
    await answered();
    assert.equal(caller.words('output').trim(), 'You typed: What about Tuesday?');
  });

  it('is needed for typed words, but not for `session.commentary.append`', async () => {
    await call({ model: 'any' });
    for (const event of [
      { type: 'response.item.create', item: { type: 'message', role: 'user', content: [] } },
      { type: 'response.create' },
    ]) {
      const from = caller.events.length;
      caller.send(JSON.stringify({ ...event, event_id: 'b1' }));
      const { error, client_event_id } = await caller.event('error', from);
      assert.deepEqual([error.message, client_event_id], [`'${event.type}' requires Responses delegation.`, 'b1']);
    }
    caller.send(
      JSON.stringify({ type: 'session.commentary.append', content: 'Your order is on its way.', delegation_id: null }),
    );
    await caller.event('session.commentary.appended');
    await answered();
    assert.equal(caller.words('output').trim(), 'Your order is on its way.');
  });

  it('calls tools in wrapped events, and says their results', async () => {
    await call(WITH_TOOL);
    caller.type('two tools');
    await answered();
    const items = caller
      .backend()
      .flatMap(({ type, item }) =>
        type === 'response.output_item.done'
          ? [item as { type: string; name: string; call_id: string; arguments: string }]
          : [],
      );
    assert.deepEqual(
      items.map(({ type, name }) => [type, name]),
      [
        ['function_call', 'open_page'],
        ['function_call', 'open_page'],
      ],
    );
    assert.deepEqual(JSON.parse(items[0]?.arguments ?? ''), { path: '/' });
    assert.notEqual(items[0]?.call_id, items[1]?.call_id);
    assert.equal(caller.words('output'), '');
    for (const { call_id } of items) {
      caller.send(
        JSON.stringify({
          type: 'response.item.create',
          item: { type: 'function_call_output', call_id, output: 'Done' },
        }),
      );
    }
    const from = caller.events.length;
    caller.send({ type: 'response.create' });
    await answered(from);
    assert.equal(
      caller.words('output').trim(),
      'The tool open page answered: Done. The tool open page answered: Done.',
    );
    caller.send(
      JSON.stringify({
        type: 'response.item.create',
        item: { type: 'function_call_output', call_id: 'call_none', output: 'x' },
      }),
    );
    assert.equal((await caller.event('error', from)).error.code, 'invalid_tool_call_id');
  });

  it('goes on after an error, and refuses the events of the WebSocket', async () => {
    await call();
    caller.type('error');
    const { error } = await caller.event('error');
    assert.equal(error.message, 'This is the error you asked for.');
    await answered();
    for (const type of ['session.start', 'session.input_audio.append', 'response.make']) {
      const from = caller.events.length;
      caller.send(JSON.stringify({ type, event_id: type }));
      assert.deepEqual((await caller.event('error', from)).error.client_event_id, type);
    }
    const from = caller.events.length;
    caller.type('quota');
    assert.equal((await caller.event('error', from)).error.code, 'insufficient_quota');
    assert.deepEqual(
      caller.backend(from).map(({ type }) => type),
      ['response.created', 'response.failed'],
    );
  });
});
