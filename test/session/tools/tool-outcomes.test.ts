import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Signal } from '../../../src/protocol/signals.js';
import type { VoiceToolCallEvent } from '../../../src/session/events.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { ToolRunner } from '../../../src/session/tools/tool-runner.js';
import { ended, started } from '../../protocol/conversation.js';
import { LimitedChannel } from '../support/limited-channel.js';

const KB = 1024;
const thrown = (what: unknown) => () => {
  throw what;
};
const circle: unknown[] = [];
circle.push(circle);

/** What a tool does, and what the model is told. */
const OUTCOMES: Readonly<Record<string, readonly [execute: () => unknown, output: RegExp]>> = {
  'an object without a prototype is thrown': [thrown(Object.create(null)), /^\{"error":"Unreadable error"\}$/],
  'an error that cannot be read is thrown': [
    thrown(Object.defineProperty(new Error(), 'message', { get: thrown(new Error('no')) })),
    /^\{"error":"Unreadable error"\}$/,
  ],
  'nothing is thrown': [thrown(undefined), /^\{"error":"undefined"\}$/],
  'a symbol is thrown': [thrown(Symbol('s')), /^\{"error":"Symbol\(s\)"\}$/],
  'an error with 300 kB of text is thrown': [thrown(new Error('e'.repeat(300 * KB))), /^\{"error":"e{1000}"\}$/],
  'an error of control characters is thrown': [thrown('\u0001'.repeat(90 * KB)), /^\{"error":"(\\u0001){1000}"\}$/],
  'the result is 64 kB of control characters': [() => '\u0001'.repeat(64 * KB), /^\{"error":".* more than \d+\."\}$/],
  'the result is too large': [() => 'x'.repeat(64 * KB + 1), /^\{"error":"The result has 65537 bytes/],
  'the result is a BigInt': [() => 1n, /^\{"error":".*BigInt.*"\}$/],
  'the result is circular': [() => circle, /^\{"error":".*circular.*"\}$/],
  'the result has a toJSON that throws': [() => ({ toJSON: thrown(new Error('no JSON')) }), /^\{"error":"no JSON"\}$/],
  'the result has a toJSON that returns nothing': [() => ({ toJSON: () => undefined }), /^null$/],
  'there is no result': [() => undefined, /^null$/],
  'the result is a function': [() => () => 1, /^null$/],
  'the result rejects': [() => Promise.reject(new Error('rejected')), /^\{"error":"rejected"\}$/],
  'the result is a thenable that throws': [() => ({ then: thrown(new Error('then')) }), /^\{"error":"then"\}$/],
  'the result settles twice': [
    () => ({ then: (resolve: (value: string) => void) => ['first', 'second'].forEach((value) => resolve(value)) }),
    /^first$/,
  ],
};

async function outcome(execute: () => unknown, limit: number, by: 'tool' | 'listener'): Promise<LimitedChannel> {
  const channel = new LimitedChannel(limit);
  const record = new CallRecord(new EventTarget());
  for (const type of ['start', 'ready'] as const) record.write({ type });
  const controller = new AbortController();
  if (by === 'listener')
    record.target.addEventListener('voice-tool-call', (event) => {
      const { detail } = event as VoiceToolCallEvent;
      detail.respondWith(new Promise((resolve) => resolve(execute())));
    });
  const runner = new ToolRunner({
    options: { tools: [{ name: 'tool', ...(by === 'tool' && { execute }) }] },
    record,
    signal: controller.signal,
    turns: { isResponseDue: false, requestResponseAfterTurn: () => channel.command({ type: 'respond' }) },
    command: (command) => channel.command(command),
  });
  const called: Signal = { type: 'tool-called', callId: 'call_1', name: 'tool', arguments: '{}' };
  for (const signal of [started('resp_1'), called, called, ended('resp_1')]) {
    record.write(signal);
    runner.receive(signal);
  }
  while (runner.running.length > 0)
    await new Promise((resolve) => record.target.addEventListener('change', resolve, { once: true }));
  await new Promise(setImmediate);
  controller.abort();
  return channel;
}

for (const limit of [64 * KB, 256 * KB]) {
  describe(`over a channel of ${limit} bytes, the model gets one answer and one request to go on, if`, () => {
    for (const [what, [execute, output]] of Object.entries(OUTCOMES))
      for (const by of ['tool', 'listener'] as const)
        it(`${what} (${by})`, async () => {
          const { sent } = await outcome(execute, limit, by);
          assert.deepEqual(
            sent.map(({ type }) => type),
            ['conversation.item.create', 'response.create'],
          );
          assert.match((sent[0]!['item'] as { output: string }).output, output);
        });
  });
}

describe('a result of exactly 64 KiB', () => {
  const result = 'x'.repeat(64 * KB);
  it('is sent if the channel carries it', async () => {
    const channel = await outcome(() => result, 256 * KB, 'tool');
    assert.equal(channel.items('function_call_output')[0]!['output'], result);
  });
  it('is an error if the channel does not, because the event around it counts', async () => {
    const channel = await outcome(() => result, 64 * KB, 'tool');
    assert.match(String(channel.items('function_call_output')[0]!['output']), /^\{"error":".*more than 65536\."\}$/);
    assert.equal(channel.sent.at(-1)!.type, 'response.create');
  });
});

it('a new session is told of a call with huge arguments, by its name and its output', () => {
  const channel = new LimitedChannel(64 * KB);
  const record = new CallRecord(new EventTarget());
  const controller = new AbortController();
  const runner = new ToolRunner({
    options: {},
    record,
    signal: controller.signal,
    turns: { isResponseDue: false, requestResponseAfterTurn: () => channel.command({ type: 'respond' }) },
    command: (command) => channel.command(command),
  });
  runner.suspend();
  runner.receive({ type: 'tool-called', callId: 'call_1', name: 'tool', arguments: `"${'x'.repeat(70 * KB)}"` });
  return new Promise<void>((resolve) => record.target.addEventListener('change', () => setImmediate(resolve))).then(
    () => {
      runner.resume();
      controller.abort();
      assert.deepEqual(
        channel.items('function_call').map((item) => [item['name'], item['arguments']]),
        [['tool', '{}']],
      );
      assert.deepEqual(
        channel.items('function_call_output').map(({ output }) => output),
        ['{"error":"Nothing on this page answers the tool tool."}'],
      );
      assert.equal(channel.sent.at(-1)!.type, 'response.create');
    },
  );
});
