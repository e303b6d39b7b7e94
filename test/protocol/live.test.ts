import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Live } from '../../src/protocol/live.js';
import type { Command, Signal } from '../../src/protocol/signals.js';
import { NO_USAGE } from '../../src/protocol/usage.js';
import { Clock } from './clock.js';
import { SPOILED } from './spoiled.js';
import { assertWellFormed } from './well-formed.js';

let told: Signal[];
let live: Live;
let clock: Clock;
beforeEach(() => {
  clock = new Clock();
  told = [];
  live = new Live((signal) => told.push(signal));
});
afterEach(() => {
  live.close();
  clock.stop();
});

const heard = (delta: unknown, of: object = {}) =>
  live.read({ type: 'session.input_transcript.delta', delta, start_ms: 0, end_ms: 300, ...of });
const said = (delta: unknown, of: object = {}) =>
  live.read({ type: 'session.output_transcript.delta', delta, start_ms: 0, end_ms: 300, ...of });
const types = (signals: readonly Signal[]) => signals.map(({ type }) => type);

describe('the live dialect', () => {
  it('opens a conversation in which no response is expected', () => {
    assert.deepEqual(live.read({ type: 'session.started', session: { id: 'live_1', expires_at: 1_900_000_000 } }), [
      {
        type: 'session-opened',
        kind: 'conversation',
        transcribesInput: true,
        answersTurns: false,
        replacesResponses: true,
        turnDetection: undefined,
        tools: [],
        expiresAt: 1_900_000_000_000,
      },
    ]);
  });

  it('makes utterances of the text of both sides, each with an id', () => {
    const [began, first] = heard('Are you ');
    assert.equal(began?.type, 'user-started');
    assert.equal(first?.type, 'text-added');
    const [more, ...none] = heard('open?');
    assert.equal(none.length, 0);
    assert.ok(
      more?.type === 'text-added' &&
        first?.type === 'text-added' &&
        more.itemId === first.itemId &&
        more.text === 'open?',
    );
    const [audible, answer] = said('Yes.');
    assert.ok(audible?.type === 'playback-started' && answer?.type === 'text-added');
    assert.equal(answer.responseId, audible.responseId);
    assert.notEqual(answer.itemId, first.itemId);
  });

  it('gives utterances different ids in different connections', () => {
    const idsOf = (dialect: Live): unknown[] =>
      ['session.input_transcript.delta', 'session.output_transcript.delta']
        .flatMap((type) => dialect.read({ type, delta: 'Yes', start_ms: 0, end_ms: 300 }))
        .flatMap((signal) => (signal.type === 'text-added' ? [signal.itemId] : []));
    const next = new Live(() => {});
    const ids = [...idsOf(live), ...idsOf(next)];
    next.close();
    assert.equal(ids.length, 4);
    assert.equal(new Set(ids).size, 4, ids.join());
  });

  it('ends an utterance after a pause that follows its playback', () => {
    heard('Are you ', { end_ms: 2_000 });
    clock.pass(2_000);
    assert.equal(told.length, 0);
    heard('open?');
    clock.pass(1_499);
    assert.equal(told.length, 0);
    clock.pass(1);
    const [settled, stopped] = told;
    assert.ok(settled?.type === 'text-settled' && settled.text === 'Are you open?');
    assert.ok(stopped?.type === 'user-stopped' && stopped.itemId === settled.itemId);
    // The next words are another utterance.
    assert.deepEqual(types(heard('Well?')), ['user-started', 'text-added']);
  });

  it("ends the playback with the assistant's utterance", () => {
    const [began] = said('Yes.');
    clock.pass(60_000);
    assert.deepEqual(types(told), ['text-settled', 'playback-ended']);
    assert.ok(
      began?.type === 'playback-started' &&
        told[1]?.type === 'playback-ended' &&
        told[1].responseId === began.responseId &&
        !told[1].cut,
    );
  });

  it('waits for at most ten seconds of playback', () => {
    heard('Hello', { end_ms: 1e12 });
    clock.pass(11_200);
    assert.equal(told.length, 2);
  });

  it('ends the utterances when the session is closed, and reports usage and reason', () => {
    heard('Good');
    said('Bye');
    const signals = live.read({ type: 'session.closed', reason: 'expired', usage: { total_tokens: 7 } });
    assert.deepEqual(types(signals), [
      'text-settled',
      'user-stopped',
      'text-settled',
      'playback-ended',
      'usage',
      'session-closed',
    ]);
    assert.deepEqual(signals.at(-2), { type: 'usage', of: undefined, usage: { ...NO_USAGE, totalTokens: 7 } });
    assert.deepEqual(signals.at(-1), { type: 'session-closed', reason: 'expired' });
    clock.pass(60_000);
    assert.deepEqual(told, []);
  });

  it('reports nothing after it was closed', () => {
    heard('Good');
    said('Bye');
    live.close();
    assert.equal(clock.pending, 0);
    clock.pass(60_000);
    assert.deepEqual(told, []);
  });

  it('reads tool calls, changes and faults', () => {
    const item = { type: 'function_call', name: 'opening_hours', call_id: 'call_1', arguments: '{}' };
    const wrapped = (event: object) => live.read({ type: 'response.event', event });
    const called = { type: 'tool-called', name: 'opening_hours', callId: 'call_1', arguments: '{}' };
    assert.deepEqual(wrapped({ type: 'response.output_item.done', item }), [], 'told with the others');
    assert.deepEqual(wrapped({ type: 'response.output_item.added', item }), []);
    assert.deepEqual(wrapped({ type: 'response.created', response: { id: 'r' } }), []);
    assert.deepEqual(wrapped({ type: 'response.completed', response: { id: 'r', status: 'completed' } }), [called]);
    assert.deepEqual(wrapped({ type: 'response.completed', response: { id: 'r', status: 'completed' } }), [
      { type: 'turn-discarded' },
    ]);
    wrapped({ type: 'response.output_item.done', item: { ...item, type: 'message' } });
    assert.deepEqual(
      wrapped({ type: 'response.completed', response: { id: 'r', status: 'completed' } }),
      [],
      'it will be spoken',
    );
    assert.deepEqual(types(wrapped({ type: 'response.failed', response: { id: 'r', status: 'failed' } })), ['fault']);
    assert.deepEqual(wrapped({ type: 'response.output_text.delta', item_id: 'i', delta: 'for the model' }), []);
    assert.deepEqual(live.read({ type: 'session.updated', session: { a: 1 } }), []);
    assert.deepEqual(live.read({ type: 'error', error: { code: 'session_expired', message: 'Over.' } }), [
      { type: 'fault', severity: 'fatal', code: 'session-expired', message: 'Over.' },
    ]);
  });

  it('makes well-formed signals whatever the fields hold', () => {
    for (const type of [
      'session.started',
      'session.updated',
      'session.closed',
      'session.input_transcript.delta',
      'session.output_transcript.delta',
      'response.event',
      'error',
      'info',
      'session.usage.updated',
    ]) {
      for (const junk of SPOILED) {
        const fields = {
          session: junk,
          delta: junk,
          start_ms: junk,
          end_ms: junk,
          usage: junk,
          reason: junk,
          event: junk,
        };
        assert.doesNotThrow(
          () => assertWellFormed(live.read({ type, ...fields })),
          `${type}: ${JSON.stringify(junk)?.slice(0, 40)}`,
        );
      }
    }
    clock.pass(60_000);
    assertWellFormed(told);
  });

  const WRITTEN: [Command, object[]][] = [
    [{ type: 'respond' }, [{ type: 'response.create' }]],
    [
      { type: 'say', itemId: 'item_1', role: 'user', text: 'Hello' },
      [
        {
          type: 'response.item.create',
          item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
        },
      ],
    ],
    [
      { type: 'say', itemId: 'item_1', role: 'assistant', text: 'Hi' },
      [
        {
          type: 'response.item.create',
          item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
        },
      ],
    ],
    [
      { type: 'tool-output', callId: 'call_1', output: '1' },
      [{ type: 'response.item.create', item: { type: 'function_call_output', call_id: 'call_1', output: '1' } }],
    ],
    [{ type: 'mute', muted: true }, [{ type: 'session.input_audio.mute' }]],
    [{ type: 'mute', muted: false }, [{ type: 'session.input_audio.unmute' }]],
    [{ type: 'hang-up' }, [{ type: 'session.close' }]],
    [{ type: 'configure', session: { audio: { input: { turn_detection: null } } } }, []],
    [
      {
        type: 'configure',
        session: { instructions: 'x', tools: [{ name: 'a' }], audio: { input: { turn_detection: null } } },
      },
      [
        {
          type: 'session.update',
          session: { delegation: { type: 'responses', responses: { tools: [{ name: 'a' }] } } },
        },
      ],
    ],
    [
      {
        type: 'configure',
        session: { tools: [{ name: 'a' }], delegation: { type: 'responses', responses: { instructions: 'x' } } },
      },
      [
        {
          type: 'session.update',
          session: { delegation: { type: 'responses', responses: { instructions: 'x', tools: [{ name: 'a' }] } } },
        },
      ],
    ],
    [{ type: 'cancel-response' }, []],
    [{ type: 'clear-output' }, []],
    [{ type: 'clear-input' }, []],
    [{ type: 'commit-input' }, []],
  ];
  for (const [command, events] of WRITTEN) {
    it(`writes ${JSON.stringify(command)}`, () =>
      assert.deepEqual(JSON.parse(JSON.stringify(live.write(command))), events));
  }

  it('requests no response to a spoken turn, and one to the next typed turn', () => {
    live.write({ type: 'commit-input' });
    assert.deepEqual(live.write({ type: 'respond' }), []);
    assert.deepEqual(live.write({ type: 'respond' }), [{ type: 'response.create' }]);
  });

  it('requests a response to the outputs of tools, although a spoken turn follows them', () => {
    live.write({ type: 'tool-output', callId: 'call_1', output: '12' });
    live.write({ type: 'commit-input' });
    assert.deepEqual(live.write({ type: 'respond' }), [{ type: 'response.create' }]);
    live.write({ type: 'commit-input' });
    assert.deepEqual(live.write({ type: 'respond' }), []);
  });

  it("repeats the site's own tools, which an update would replace", () => {
    const tools = [{ type: 'function', name: 'theirs' }];
    const [signal] = live.read({
      type: 'session.started',
      session: { delegation: { type: 'responses', responses: { tools } } },
    });
    assert.ok(signal?.type === 'session-opened');
    assert.deepEqual(signal.tools, tools);
  });
});
