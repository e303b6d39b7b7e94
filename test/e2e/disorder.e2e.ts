import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { startFaultServer } from '../support/http-faults.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { ANY_BROWSER } from '../support/shared-browsers.js';
import { seededRandom, shuffled } from '../support/seeded-random.js';
import { openAnsweringPage } from './support/answering-page.js';
import { ScriptedCall } from './support/scripted-call.js';
import {
  exchanges,
  inTurn,
  type Line,
  linesOf,
  SESSION_CREATED,
  spokenExchange,
  type Wire,
} from './support/scripted-conversation.js';
import { until } from './support/until.js';
import { openVoicePage } from './support/voice-page.js';

/** A failure is repeated with the seed that it prints: DISORDER_SEED=… */
const SEED = Number(process.env['DISORDER_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const A_SECOND = 200;
const SECONDS = 3;
const BATCH = 20;

/** What no version of the service has; what none should send; what is no event at all. */
const UNKNOWN: readonly Wire[] = [
  { type: 'response.hologram.delta', item_id: 'answer_0', delta: 'Hello' },
  {
    type: 'conversation.item.renamed',
    item: { id: 'question_0', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'No!' }] },
  },
  { type: 'rate_limits.updated', rate_limits: [{ name: 'requests', limit: 9, remaining: 0, reset_seconds: 60 }] },
  { type: 'mcp_list_tools.in_progress', item_id: 'answer_0' },
  { type: '' },
  { type: '__proto__' },
  { type: 'constructor', prototype: { polluted: true } },
];
const MISSHAPEN: readonly Wire[] = [
  { type: 'conversation.item.added' },
  { type: 'conversation.item.added', item: 'question_0', previous_item_id: 7 },
  { type: 'conversation.item.added', item: { id: 5, type: 'message', role: 'user', content: 'text' } },
  { type: 'conversation.item.done', item: [null], previous_item_id: {} },
  { type: 'conversation.item.deleted', item_id: ['question_0'] },
  { type: 'conversation.item.truncated', item_id: { id: 'answer_0' } },
  { type: 'conversation.item.input_audio_transcription.delta', item_id: 'question_0', delta: { text: 'x' } },
  { type: 'conversation.item.input_audio_transcription.completed', item_id: null, transcript: 'Nobody said this.' },
  { type: 'conversation.item.input_audio_transcription.failed', item_id: 3, error: null },
  { type: 'response.output_audio_transcript.delta', item_id: 'answer_0', delta: 12, content_index: 'first' },
  { type: 'response.output_audio_transcript.done', item_id: '', transcript: 'Nobody said this.' },
  { type: 'response.output_item.added', item: 5, response_id: {} },
  { type: 'response.output_item.done', item: { type: 'function_call', name: 5, call_id: [], arguments: {} } },
  { type: 'response.function_call_arguments.done', name: null, call_id: 'call_1', arguments: 'x' },
  { type: 'response.created', response: 'resp' },
  { type: 'response.done', response: null },
  {
    type: 'response.done',
    response: { id: {}, status: 'exploded', output: 'none', usage: 'plenty', status_details: 4 },
  },
  { type: 'output_audio_buffer.cleared', response_id: 0 },
  { type: 'output_audio_buffer.stopped' },
  { type: 'input_audio_buffer.speech_started', item_id: 4.5 },
  { type: 'input_audio_buffer.committed', item_id: {}, previous_item_id: [] },
  { type: 'session.updated', session: 'new' },
  { type: 'error' },
  { type: 'error', error: 'everything is broken' },
  { type: 'error', error: { code: 500, type: {}, message: ['no'] } },
];
const NO_EVENT: readonly string[] = [
  '',
  '{',
  'hello',
  'null',
  'true',
  '7',
  '"conversation.item.deleted"',
  '[]',
  '[{"type":"response.created"}]',
  '{}',
  '{"type":7}',
  '{"type":null}',
  '{"type":{"type":"response.done"}}',
  '{"event":"response.done"}',
  '\u0000\uffff',
  'x'.repeat(60_000),
];

interface Torment {
  readonly name: string;
  /** @returns what the transcript has to show then */
  readonly told: (call: ScriptedCall) => Promise<readonly Line[]>;
}

const torments: readonly Torment[] = [
  {
    name: `in no order at all (DISORDER_SEED=${SEED})`,
    told: async (call) => {
      const all = exchanges(8);
      await call.send(shuffled(inTurn(all), seededRandom(SEED)));
      return linesOf(all);
    },
  },
  {
    name: 'in the opposite order',
    told: async (call) => {
      const all = exchanges(4);
      await call.send(inTurn(all).reverse());
      return linesOf(all);
    },
  },
  {
    name: 'with all words of the visitor after the last answer, backwards',
    told: async (call) => {
      const all = exchanges(6);
      await call.send(all.flatMap(({ question, answer }) => [...question, ...answer]));
      await call.send(all.flatMap(({ heard }) => heard).reverse());
      return linesOf(all);
    },
  },
  {
    name: 'with words of an answer that was cut off, and of a question that could not be written down, too late',
    told: cutOff,
  },
  {
    name: 'twice each, and all of them once more',
    told: async (call) => {
      const all = exchanges(5);
      const events = [SESSION_CREATED, ...inTurn(all)];
      await call.send(events.flatMap((event) => [event, event]));
      await call.send(events);
      return linesOf(all);
    },
  },
  {
    name: 'between events that nobody knows, misshapen ones, and what is no event at all',
    told: async (call) => {
      const all = exchanges(5);
      const chance = seededRandom(SEED);
      const garbage = shuffled([...UNKNOWN, ...MISSHAPEN, ...NO_EVENT], chance);
      const events: (Wire | string)[] = inTurn(all);
      for (const piece of garbage) events.splice(Math.floor(chance() * events.length), 0, piece);
      await call.send(events);
      return linesOf(all);
    },
  },
  {
    name: `${A_SECOND} a second for ${SECONDS} seconds`,
    told: async (call) => {
      const all = exchanges(26);
      const events = inTurn(all);
      assert.ok(events.length >= A_SECOND * SECONDS, `${events.length} events`);
      const began = performance.now();
      for (let at = 0; at < events.length; at += BATCH) {
        await call.send(events.slice(at, at + BATCH));
        await pass(Math.max(0, began + ((at + BATCH) * 1000) / A_SECOND - performance.now()));
      }
      const seconds = (performance.now() - began) / 1000;
      assert.ok(seconds < SECONDS * 1.5, `sending took ${seconds} s`);
      return linesOf(all);
    },
  },
];

/** What was heard of it stays, and no more: whatever comes later was never played. */
async function cutOff(call: ScriptedCall): Promise<readonly Line[]> {
  const { question, answer, heard, lines } = spokenExchange(0, null);
  const third = answer.findIndex(({ delta }) => delta === 'costs ') + 1;
  const over = { type: 'response.done', response: { id: 'response_0', status: 'cancelled', output: [] } };
  const cleared = { type: 'output_audio_buffer.cleared', response_id: 'response_0' };
  const truncated = { type: 'conversation.item.truncated', item_id: 'answer_0', content_index: 0, audio_end_ms: 700 };
  await call.send([
    ...question,
    ...answer.slice(0, third),
    cleared,
    truncated,
    ...answer.slice(third, -2),
    over,
    ...heard,
  ]);
  const next = spokenExchange(1, 'answer_0');
  const failed = {
    type: 'conversation.item.input_audio_transcription.failed',
    item_id: 'question_1',
    content_index: 0,
    error: {},
  };
  await call.send([...next.question, ...next.answer, failed]);
  return [
    lines[0],
    { ...lines[1], text: 'Number 0 costs ', status: 'interrupted' },
    { ...next.lines[0], text: '', status: 'failed' },
    next.lines[1],
  ];
}

/** What the practice server cannot send, another page can. */
async function inBinary(browser: Browser): Promise<void> {
  await using service = await openAnsweringPage(browser);
  const server = await startFaultServer();
  try {
    server.answer('/session', async ({ body }) => ({
      status: 201,
      body: await service.answer(body),
      headers: { 'content-type': 'application/sdp' },
    }));
    await using voice = await openVoicePage(browser, {
      attributes: { 'session-url': `${server.url}/session`, muted: '' },
    });
    await voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
    const all = exchanges(3);
    const events = [SESSION_CREATED, ...inTurn(all)].map((event) => [...Buffer.from(JSON.stringify(event))]);
    const garbage = [
      [0],
      [255, 254, 253],
      [0xed, 0xa0, 0x80],
      Array.from({ length: 20_000 }, () => 0xf5),
      [...Buffer.from('{"type":"response')],
    ];
    await service.send(events.flatMap((event, index) => [garbage[index % garbage.length]!, event]));

    await until(
      'all events are read',
      () => voice.events('voice-server-event'),
      ({ length }) => length === events.length,
    );
    assert.deepEqual(
      (await voice.transcript()).map(({ createdAt: _, ...line }) => line),
      linesOf(all),
    );
    assert.equal(await voice.state(), 'listening');
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    assert.equal(await voice.state(), 'idle');
    assert.deepEqual([voice.opened.errors, voice.opened.console, await voice.failures()], [[], [], []]);
  } finally {
    await server.close();
  }
}

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--scripted'])));
after(() => practice?.stop());

describe('a conversation stays whole when the service tells its events', () => {
  for (const [name, launch] of ANY_BROWSER) {
    describe(`in ${name}`, { concurrency: 2 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      for (const { name: torment, told } of torments) {
        it(torment, async () => {
          await using call = await ScriptedCall.begin(browser, practice.url);
          await call.assertWhole(await told(call));
          reportTorment(name, torment);
        });
      }

      it('as binary messages, between others that are no text at all', async () => {
        await inBinary(browser);
        reportTorment(name, 'as binary messages');
      });
    });
  }
});

function reportTorment(browser: string, torment: string): void {
  reportFault({
    fault: `the service tells its events ${torment}`,
    injected: 'practice server, channel',
    browser,
    seen: 'nothing',
    told: 'voice-server-event',
    kept: 'transcript, in order',
    recovered: 'nothing to recover',
  });
}
