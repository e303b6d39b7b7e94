import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Command, Signal } from '../../../src/protocol/signals.js';
import type { VoiceError } from '../../../src/errors.js';
import type { VoiceErrorEvent, VoiceToolCallEvent } from '../../../src/session/events.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { voiceState } from '../../../src/session/record/session-state.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { ToolRunner } from '../../../src/session/tools/tool-runner.js';
import { announcedTools, type Tool } from '../../../src/session/tools/tools.js';
import { TurnTaking } from '../../../src/session/turns/turn-taking.js';
import { audible, ended, started, userStarted, userStopped } from '../../protocol/conversation.js';

const called = (callId: string, name: string, json = '{}'): Signal => ({
  type: 'tool-called',
  callId,
  name,
  arguments: json,
});

describe('tools', () => {
  let page: EventTarget;
  let controller: AbortController;
  let record: CallRecord;
  let runner: ToolRunner;
  let turns: TurnTaking;
  let sent: (string | Command)[];
  const options: { -readonly [K in keyof VoiceSessionOptions]: VoiceSessionOptions[K] } = {};
  beforeEach(() => {
    for (const key of Object.keys(options)) delete options[key as keyof typeof options];
    page = new EventTarget();
    controller = new AbortController();
    record = new CallRecord(page);
    record.write({ type: 'start' });
    record.write({ type: 'ready' });
    sent = [];
    const command = (each: Command): unknown => sent.push(each.type === 'respond' ? each.type : each);
    turns = new TurnTaking({
      record,
      media: { speaker: { muted: false } },
      microphone: { setTalking: () => {} },
      answers: true,
      session: { answersTurns: true },
      command,
    });
    runner = new ToolRunner({ options, record, signal: controller.signal, turns, command });
  });
  afterEach(() => controller.abort());

  function receive(...signals: Signal[]): void {
    for (const signal of signals) {
      record.write(signal);
      runner.receive(signal);
      turns.receive(signal);
    }
  }
  const state = (): string => voiceState(record.state);
  const settled = (): Promise<unknown> => new Promise(setImmediate);
  /** What has been sent once every tool is answered. */
  async function outcome(): Promise<(string | Command)[]> {
    await settled();
    while (runner.running.length > 0)
      await new Promise((resolve) => page.addEventListener('change', resolve, { once: true }));
    return sent.map((each) =>
      typeof each !== 'string' && each.type === 'tool-output' ? `${each.callId}: ${each.output}` : each,
    );
  }

  it('of one response run side by side, and one request to go on follows the end of the response', async () => {
    let finish!: (value: string) => void;
    options.tools = [
      { name: 'quick', execute: (args) => args },
      { name: 'slow', execute: () => new Promise((resolve) => (finish = resolve)) },
      {
        name: 'broken',
        execute: () => {
          throw new Error('out of order');
        },
      },
    ];
    receive(
      started('resp_1'),
      called('a', 'quick', '{"n":1}'),
      called('b', 'slow'),
      called('c', 'broken'),
      called('d', 'quick', '{"n":'),
      called('a', 'quick'),
    );
    assert.deepEqual(runner.running, ['quick', 'slow', 'broken', 'quick']);
    receive(ended('resp_1'));
    await new Promise(setImmediate);
    assert.equal(sent.includes('respond'), false, 'one tool is still running');
    finish('done');
    const all = await outcome();
    const [a, c, d] = all.slice(0, 3).sort();
    assert.deepEqual([a, c], ['a: {"n":1}', 'c: {"error":"out of order"}']);
    assert.match(d as string, /^d: \{"error":".*JSON/);
    assert.deepEqual(all.slice(3), ['b: done', 'respond']);
  });

  it('that finish before the response ends wait for it: it may call more', async () => {
    options.tools = [{ name: 'quick', execute: () => undefined }];
    receive(started('resp_1'), called('a', 'quick'));
    assert.deepEqual(await outcome(), ['a: null']);
    receive(ended('resp_1'));
    assert.deepEqual(await outcome(), ['a: null', 'respond']);
  });

  it('are answered by a listener of the page, whose first answer counts', async () => {
    page.addEventListener('voice-tool-call', (event) => {
      const { detail } = event as VoiceToolCallEvent;
      detail.respondWith(Promise.resolve({ said: detail.arguments }));
      detail.respondWith('too late');
    });
    receive(called('a', 'from_the_page', '["x"]'));
    assert.deepEqual(await outcome(), ['a: {"said":["x"]}', 'respond']);
  });

  it('are answered in the listener: later, respondWith says what to do', async () => {
    let late!: () => void;
    page.addEventListener('voice-tool-call', (event) => {
      const { detail } = event as VoiceToolCallEvent;
      late = () => detail.respondWith('too late');
    });
    receive(called('a', 'slow_listener'));
    assert.deepEqual(await outcome(), [
      'a: {"error":"Nothing on this page answers the tool slow_listener."}',
      'respond',
    ]);
    assert.throws(late, { code: 'configuration', message: /call it in the listener, with a promise/ });
  });

  it('may come with suggestions, which are shown if the answer counts and can be given', async () => {
    const shown: unknown[] = [];
    options.showSuggestions = (suggestions) => shown.push(suggestions);
    page.addEventListener('voice-tool-call', (event) => {
      const { name, respondWith } = (event as VoiceToolCallEvent).detail;
      if (name === 'broken') return respondWith(Promise.reject(new Error('no')), { suggestions: ['Again'] });
      respondWith(Promise.resolve('done'), { suggestions: ['And in moss?'] });
      respondWith('too late', { suggestions: ['Too late'] });
    });
    receive(called('a', 'broken'), called('b', 'from_the_page'));
    assert.deepEqual((await outcome()).slice(0, 2).sort(), ['a: {"error":"no"}', 'b: done']);
    assert.deepEqual(shown, [['And in moss?']]);
  });

  for (const [what, ask] of [
    ['consent', { confirm: 'Book?', execute: () => 'done' }],
    ['an answer', { execute: undefined }],
  ] as const) {
    describe(`that wait for the visitor's ${what.replace('an ', '')}`, () => {
      let answer!: () => void;
      let finish!: (value: string) => void;
      beforeEach(() => {
        options.tools = [
          { name: 'book', ...ask } as Tool,
          { name: 'quick', execute: () => 'at once' },
          { name: 'slow', execute: () => new Promise((resolve) => (finish = resolve)) },
        ];
        options.confirmTool = () => new Promise((resolve) => (answer = () => resolve(true)));
        options.showNode = () => true;
        page.addEventListener('voice-tool-call', (event) => {
          const { name, show, respondWith } = (event as VoiceToolCallEvent).detail;
          if (name !== 'book' || what === 'consent') return;
          show({ nodeType: 1 } as Element);
          answer = () => respondWith('done');
        });
      });

      it('let the visitor speak, in both dialects', async () => {
        record.write({ type: 'response-awaited' });
        receive(called('a', 'book'));
        assert.equal(state(), 'listening', 'GPT-Live reports no response around the call');
        receive(started('resp_1'), called('b', 'book'));
        assert.equal(state(), 'thinking');
        receive(called('b', 'book'), ended('resp_1'));
        await settled();
        assert.deepEqual([state(), runner.running, sent], ['listening', [], []]);
        answer();
        assert.deepEqual([await outcome(), state()], [['b: done', 'respond'], 'thinking']);
      });

      it('hold up no other result', async () => {
        receive(started('resp_1'), called('a', 'book'), called('b', 'quick'), called('c', 'slow'), ended('resp_1'));
        await settled();
        assert.deepEqual([state(), sent.length], ['thinking', 1]);
        finish('at last');
        assert.deepEqual(await outcome(), ['b: at once', 'c: at last', 'respond']);
        receive(started('resp_2'), ended('resp_2'));
        assert.equal(state(), 'listening');
        answer();
        assert.deepEqual((await outcome()).slice(3), ['a: done', 'respond']);
      });

      for (const [when, begin, end] of [
        ['requested', [], [started('resp_2'), ended('resp_2')]],
        ['under way', [started('resp_2')], [ended('resp_2')]],
        [
          'due to a turn',
          [started('resp_2'), ended('resp_2'), userStarted(), userStopped()],
          [started('resp_3'), ended('resp_3')],
        ],
        ['refused', [], [{ type: 'fault', severity: 'passing', code: 'server-error', message: 'No.' }]],
      ] as const) {
        it(`make no second request while a response is ${when}, and one after it`, async () => {
          receive(started('resp_1'), called('a', 'book'), called('b', 'quick'), ended('resp_1'));
          assert.deepEqual(await outcome(), ['b: at once', 'respond']);
          receive(...begin);
          if (when === 'due to a turn') record.write({ type: 'response-awaited' });
          answer();
          assert.deepEqual((await outcome()).slice(2), ['a: done']);
          assert.equal(state(), 'thinking');
          receive(...end, audible('resp_x'));
          assert.deepEqual((await outcome()).slice(2), ['a: done', 'respond']);
        });
      }
    });
  }

  describe('that show something to the visitor', () => {
    const NODE = { nodeType: 1 } as Element;
    const LONG = 60 * 60 * 1000;
    let shown: unknown[];
    let detail: VoiceToolCallEvent['detail'];
    beforeEach(() => {
      shown = [];
      options.showNode = (node) => shown.push(node) > 0;
      page.addEventListener('voice-tool-call', (event) => {
        ({ detail } = event as VoiceToolCallEvent);
        if (detail.name === 'form') detail.show(NODE);
      });
    });

    it('pass it on, and wait for the answer as long as the visitor needs', async (test) => {
      test.mock.timers.enable({ apis: ['setTimeout'] });
      receive(called('a', 'form'));
      await Promise.resolve();
      test.mock.timers.tick(LONG);
      assert.deepEqual([shown, runner.running, runner.isExecuting, state()], [[NODE], [], false, 'listening']);
      detail.respondWith(Promise.resolve('Tuesday'));
      assert.deepEqual([await outcome(), state()], [['a: Tuesday', 'respond'], 'thinking']);
    });

    it('may be answered with a promise or by `execute`, too', async () => {
      options.tools = [{ name: 'form', execute: () => 'shown' }];
      receive(called('a', 'form'));
      assert.deepEqual(await outcome(), ['a: shown', 'respond']);
    });

    it('have their time limit where there is no room to show it', async (test) => {
      test.mock.timers.enable({ apis: ['setTimeout'] });
      options.showNode = () => false;
      options.tools = [{ name: 'form', execute: () => new Promise(() => {}) }];
      receive(called('a', 'form'));
      await Promise.resolve();
      assert.deepEqual([runner.running, state()], [['form'], 'thinking']);
      test.mock.timers.tick(30_000);
      assert.deepEqual(await outcome(), ['a: {"error":"The tool did not answer within 30 seconds."}', 'respond']);
      delete options.showNode;
      assert.equal(detail.show(NODE), false);
    });

    it('are awaited by the response that has called them, and by nobody once the conversation has gone on', async () => {
      receive(started('resp_1'), called('a', 'form'), ended('resp_1'));
      assert.deepEqual([runner.running, runner.willContinue, runner.hasUnansweredCalls], [[], true, true]);
      // The visitor goes on talking, and the service answers that with what it knows.
      receive(started('resp_2'));
      assert.deepEqual([runner.running, runner.willContinue], [[], false]);
      receive(ended('resp_2'));
      assert.deepEqual([sent, runner.hasUnansweredCalls, state()], [[], false, 'listening']);
      detail.respondWith('Tuesday');
      assert.deepEqual(await outcome(), ['a: Tuesday', 'respond']);
    });

    it('cannot after the end of the call, and the page learns how to mend it', () => {
      receive(called('a', 'other'));
      controller.abort();
      assert.throws(() => detail.show(NODE), { code: 'configuration', message: /call it while the call runs/ });
      assert.deepEqual(shown, []);
    });

    it('end with the call', async () => {
      receive(called('a', 'form'));
      await Promise.resolve();
      controller.abort();
      await new Promise((resolve) => setImmediate(resolve));
      detail.respondWith(Promise.reject(new Error('too late')));
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(sent, []);
    });
  });

  it('that the page does not have are answered with an error', async () => {
    receive(called('a', 'nowhere'));
    assert.deepEqual(await outcome(), ['a: {"error":"Nothing on this page answers the tool nowhere."}', 'respond']);
  });

  it('with a result that is too large or not JSON are answered with an error', async () => {
    options.tools = [
      { name: 'large', execute: () => 'x'.repeat(65_537) },
      {
        name: 'round',
        execute: () => {
          const circle: unknown[] = [];
          circle.push(circle);
          return circle;
        },
      },
    ];
    receive(called('a', 'large'), called('b', 'round'));
    const [large, round] = await outcome();
    assert.match(large as string, /65537 bytes/);
    assert.match(round as string, /circular/i);
  });

  it("that need the visitor's consent run only with it", async () => {
    let ran = 0;
    options.tools = [{ name: 'book', confirm: 'Book it?', execute: () => (ran += 1) }];
    receive(called('a', 'book'));
    assert.deepEqual(await outcome(), ['a: {"error":"The visitor declined."}', 'respond']);
    const asked: string[] = [];
    options.confirmTool = async ({ name, question }) => asked.push(`${name}: ${question}`) > 1;
    receive(started('resp_2'), called('b', 'book'), ended('resp_2'));
    await outcome();
    assert.equal(ran, 0);
    receive(started('resp_3'), called('c', 'book'), ended('resp_3'));
    assert.equal((await outcome()).at(-2), 'c: 1');
    assert.deepEqual(asked, ['book: Book it?', 'book: Book it?']);
  });

  it('ask a question that is made of the arguments, and show them', async () => {
    let paid = 0;
    const confirm = ({ amount }: { amount: number }): string => `Pay ${amount}?`;
    options.tools = [{ name: 'pay', confirm, execute: () => (paid += 1) }];
    const asked: unknown[] = [];
    options.confirmTool = async ({ question, arguments: args }) => asked.push([question, args]) > 0;
    receive(called('a', 'pay', '{"amount":1000}'));
    assert.deepEqual(await outcome(), ['a: 1', 'respond']);
    assert.deepEqual([asked, paid], [[['Pay 1000?', { amount: 1000 }]], 1]);
  });

  for (const [what, confirm] of [
    ['throws', () => assert.fail('No price.')],
    ['makes no text', () => undefined],
    ['makes a promise', async () => 'Pay?'],
    ['makes a promise that fails', async () => assert.fail('No price.')],
    ['makes an empty text', () => ' '],
    ['is empty', ''],
    ['is no question', true],
  ] as const) {
    it(`whose confirm ${what} do not run: the page and the model are told, once each`, async () => {
      let paid = 0;
      options.tools = [{ name: 'pay', confirm: confirm as never, execute: () => (paid += 1) }];
      options.confirmTool = async () => assert.fail('The visitor is not asked.');
      const errors: VoiceError[] = [];
      page.addEventListener('voice-error', (event) => errors.push((event as VoiceErrorEvent).detail.error));
      receive(called('a', 'pay'));
      const told = 'a: {"error":"confirm of the tool pay made no question."}';
      assert.deepEqual(await outcome(), [told, 'respond']);
      assert.deepEqual(
        errors.map(({ code, cause }) => [code, (cause as Error | undefined)?.message]),
        [['configuration', what === 'throws' ? 'No price.' : undefined]],
      );
      assert.equal(paid, 0);
    });
  }

  it('with confirm set to null or undefined run without a question', async () => {
    for (const confirm of [null, undefined]) {
      options.tools = [{ name: 'look', confirm: confirm as never, execute: () => 'seen' }];
      receive(called(String(confirm), 'look'));
    }
    assert.deepEqual((await outcome()).slice(0, 2), ['null: seen', 'undefined: seen']);
  });

  it('send nothing after the end of the call', async () => {
    let finish!: () => void;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    options.tools = [{ name: 'slow', execute: () => finished }];
    receive(called('a', 'slow'));
    controller.abort();
    finish();
    await new Promise(setImmediate);
    assert.deepEqual(sent, []);
  });

  it('are announced together with those of the session', () => {
    const known = [{ type: 'function', name: 'theirs' }, { type: 'function', name: 'ours', description: 'old' }, null];
    const ours = { name: 'ours', description: 'new', parameters: { type: 'object' } };
    assert.deepEqual(announcedTools([ours, { name: 'theirs' }], known), [
      known[0],
      null,
      { type: 'function', ...ours },
    ]);
    assert.equal(announcedTools([{ name: 'theirs' }], known), undefined);
  });

  describe('whose session is lost', () => {
    /** What was sent, with the name of the call that a session is told of because it did not make it. */
    const told = (): string[] =>
      sent.splice(0).map((each) => {
        if (typeof each === 'string' || each.type !== 'tool-output') return String(each);
        return `${each.call ? `${each.call.name}${each.call.arguments} ` : ''}${each.callId}: ${each.output}`;
      });
    const lose = (): void => {
      runner.suspend();
      turns.reset();
      record.write({ type: 'connection-dropped' });
    };
    const takeOver = (): void => {
      runner.resume();
      record.write({ type: 'reconnected' });
    };
    let finish!: (value: string) => void;
    beforeEach(() => {
      options.tools = [
        { name: 'quick', execute: () => 'at once' },
        { name: 'slow', execute: () => new Promise((resolve) => (finish = resolve)) },
      ];
    });

    it('run on, send nothing meanwhile, and are sent to the next session together with their calls', async () => {
      receive(started('resp_1'), called('a', 'slow', '{"n":1}'));
      lose();
      finish('done');
      await settled();
      assert.deepEqual([told(), runner.hasUnansweredCalls], [[], true]);
      takeOver();
      assert.deepEqual(told(), ['slow{"n":1} a: done', 'respond']);
      assert.equal(runner.hasUnansweredCalls, true, 'the answer is on its way');
      receive(started('resp_2'), ended('resp_2'));
      assert.equal(runner.hasUnansweredCalls, false);
    });

    it('and that finish only after the next session has taken over are sent then, once', async () => {
      receive(started('resp_1'), called('a', 'slow'), ended('resp_1'));
      lose();
      takeOver();
      await settled();
      assert.deepEqual([told(), runner.running, runner.hasUnansweredCalls], [[], ['slow'], true]);
      assert.equal(state(), 'thinking');
      finish('done');
      await settled();
      assert.deepEqual(told(), ['slow{} a: done', 'respond']);
      receive(started('resp_2'), ended('resp_2'));
      assert.deepEqual(told(), []);
    });

    it('are sent again if the lost session had their outputs but had not gone on', async () => {
      receive(started('resp_1'), called('a', 'quick'), called('b', 'slow'), ended('resp_1'));
      await settled();
      assert.deepEqual(told(), ['a: at once']);
      lose();
      finish('done');
      await settled();
      takeOver();
      assert.deepEqual(told(), ['quick{} a: at once', 'slow{} b: done', 'respond']);
    });

    it('do not wait for the end of a response that was lost with it', async () => {
      receive(started('resp_1'), called('a', 'quick'));
      await settled();
      assert.deepEqual(told(), ['a: at once']);
      lose();
      takeOver();
      assert.deepEqual(told(), ['quick{} a: at once', 'respond']);
    });

    it('are sent again, and not run again, when the answer to their outputs is lost', async () => {
      receive(started('resp_1'), called('a', 'quick'), ended('resp_1'));
      await settled();
      assert.deepEqual(told(), ['a: at once', 'respond']);
      lose();
      takeOver();
      assert.deepEqual(told(), ['quick{} a: at once', 'respond']);
      receive(started('resp_2'), ended('resp_2'));
      assert.equal(runner.hasUnansweredCalls, false);
      lose();
      takeOver();
      assert.deepEqual(told(), [], 'once they are answered they are past');
    });

    it('survive a second loss before they finish', async () => {
      receive(called('a', 'slow'));
      for (let loss = 0; loss < 2; loss += 1) {
        lose();
        takeOver();
      }
      lose();
      finish('done');
      await settled();
      assert.deepEqual(told(), []);
      takeOver();
      assert.deepEqual(told(), ['slow{} a: done', 'respond']);
    });

    it('of the next session are sent without their calls, unlike those of the lost one', async () => {
      receive(called('a', 'slow'));
      lose();
      takeOver();
      receive(started('resp_2'), called('b', 'quick'));
      await settled();
      assert.deepEqual(told(), ['b: at once']);
      finish('done');
      await settled();
      assert.deepEqual(told(), ['slow{} a: done']);
      receive(ended('resp_2'));
      assert.deepEqual(told(), ['respond']);
    });

    it('and that fail or were declined are sent too', async () => {
      options.tools = [{ name: 'book', confirm: 'Book it?', execute: () => 'booked' }];
      let answer!: (confirmed: boolean) => void;
      options.confirmTool = () => new Promise((resolve) => (answer = resolve));
      receive(called('a', 'book'));
      lose();
      answer(false);
      await settled();
      takeOver();
      assert.deepEqual(told(), ['book{} a: {"error":"The visitor declined."}', 'respond']);
    });

    it('and whose call has ended send nothing, and are forgotten', async () => {
      receive(called('a', 'slow'));
      lose();
      controller.abort();
      assert.deepEqual([runner.hasUnansweredCalls, runner.running], [false, []]);
      finish('done');
      await settled();
      assert.deepEqual([told(), runner.hasUnansweredCalls, runner.running], [[], false, []]);
    });
  });
});
