import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SERVER_EVENTS } from './server-events.js';
import { read, readOne } from './wire.js';

const added = (item: unknown, of: object = {}) => ({
  type: 'conversation.item.added',
  event_id: 'event_1',
  item,
  ...of,
});
const message = (role: string, ...content: object[]) => ({ id: 'item_1', type: 'message', role, content });

/** content of a message of the user or the assistant, source, words */
const CONTENT: [object[], 'speech' | 'text', string | undefined][] = [
  [[], 'speech', undefined],
  [[{ type: 'input_text', text: 'Hello' }], 'text', 'Hello'],
  [[{ type: 'output_text', text: 'Hello' }], 'text', 'Hello'],
  [[{ type: 'text', text: 'Hello' }], 'text', 'Hello'],
  [[{ type: 'input_audio', transcript: 'Hello' }], 'speech', 'Hello'],
  [[{ type: 'output_audio', transcript: 'Hello' }], 'speech', 'Hello'],
  [[{ type: 'audio', transcript: 'Hello' }], 'speech', 'Hello'],
  [[{ type: 'input_audio', transcript: null }], 'speech', undefined],
  [[{ type: 'input_audio', transcript: '' }], 'speech', undefined],
  [
    [
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_image', image_url: 'x' },
    ],
    'text',
    'What is this?',
  ],
  [
    [
      { type: 'input_text', text: 'One' },
      { type: 'input_text', text: 'Two' },
    ],
    'text',
    'One\nTwo',
  ],
];

describe('conversation items', () => {
  for (const [content, source, text] of CONTENT) {
    it(`reads ${JSON.stringify(content)}`, () => {
      for (const role of ['user', 'assistant'] as const) {
        assert.deepEqual(readOne(added(message(role, ...content))), {
          type: 'item-placed',
          itemId: 'item_1',
          after: undefined,
          role,
          source,
          text,
          responseId: undefined,
        });
      }
    });
  }

  it('distinguishes the first item from one whose place is not reported', () => {
    const after = (of: object) => (readOne(added(message('user'), of)) as { after?: unknown }).after;
    assert.equal(after({ previous_item_id: null }), null);
    assert.equal(after({}), undefined);
    assert.equal(after({ previous_item_id: 'item_0' }), 'item_0');
    assert.equal(after({ previous_item_id: 7 }), undefined);
  });

  for (const item of [
    { id: 'item_1', type: 'function_call', name: 'f', call_id: 'call_1', arguments: '{}' },
    { id: 'item_1', type: 'function_call_output', call_id: 'call_1', output: '1' },
    { id: 'item_1', type: 'mcp_call', role: 'assistant' },
    { id: 'item_1', type: 'mcp_list_tools', tools: [] },
    { id: 'item_1', type: 'mcp_approval_request', arguments: '{}' },
    message('system', { type: 'input_text', text: 'Be brief.' }),
  ]) {
    it(`holds a place for ${item.type}${'role' in item ? ` of the ${item.role}` : ''} without a speaker`, () => {
      const signal = readOne(added(item, { previous_item_id: 'item_0' }));
      assert.equal(signal.type, 'item-placed');
      assert.deepEqual(
        [(signal as { role?: unknown }).role, (signal as { after?: unknown }).after],
        [undefined, 'item_0'],
      );
    });
  }

  it('ignores an item without an id', () => {
    for (const id of [undefined, null, '', 7, {}]) assert.deepEqual(read(added({ ...message('user'), id })), []);
  });

  it('keep the index of the content part, up to a limit', () => {
    const part = (content_index: unknown) =>
      (readOne({ ...SERVER_EVENTS['response.output_text.delta'], content_index }) as { part?: unknown }).part;
    assert.deepEqual([0, 1, 99].map(part), [0, 1, 99]);
    assert.deepEqual([undefined, null, -1, 1.5, 100, 1e9, '1', []].map(part), Array(8).fill(0));
  });
});

describe('tool calls', () => {
  const done = SERVER_EVENTS['response.done'];

  it('are not read from a response that was not completed', () => {
    for (const status of ['cancelled', 'failed', 'incomplete']) {
      const signals = read({ ...done, response: { ...done.response, status } });
      assert.deepEqual(
        signals.filter(({ type }) => type === 'tool-called'),
        [],
        status,
      );
      assert.equal(
        signals.some((signal) => signal.type === 'response-ended' && signal.outcome === status),
        true,
      );
    }
  });

  it('need a name and an id; arguments may be missing', () => {
    const call = SERVER_EVENTS['response.function_call_arguments.done'];
    for (const lost of [{ name: undefined }, { name: '' }, { call_id: undefined }, { call_id: 3 }])
      assert.deepEqual(read({ ...call, ...lost }), []);
    assert.deepEqual(readOne({ ...call, arguments: undefined }), {
      type: 'tool-called',
      name: 'opening_hours',
      callId: 'call_1',
      arguments: '',
    });
  });

  it('are reported before the end of their response', () => {
    assert.deepEqual(
      read(done).map(({ type }) => type),
      ['tool-called', 'response-ended', 'usage'],
    );
  });

  it('are not read from a message', () => {
    assert.deepEqual(read({ ...SERVER_EVENTS['response.output_item.done'], item: message('assistant') }), []);
  });
});
