import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { RunningCall, visibleText } from './support/running-call.js';
import { assertNothingAlive } from './support/nothing-alive.js';
import type { Wire } from './support/scripted-conversation.js';
import { until } from './support/until.js';

const RESPONSE = { object: 'realtime.response', id: 'response_1', status: 'in_progress', output: [] };
const ITEM = { id: 'question_1', type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] };
const STARTED: Wire = { type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'question_1' };
const STOPPED: readonly Wire[] = [
  { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'question_1' },
  { type: 'input_audio_buffer.committed', item_id: 'question_1', previous_item_id: null },
  { type: 'conversation.item.added', item: ITEM, previous_item_id: null },
];

interface Missing {
  readonly what: string;
  /** What the service says last. */
  readonly last: readonly Wire[];
  /** What the visitor is shown meanwhile. */
  readonly state: string;
}

const missing: readonly Missing[] = [
  { what: 'speech that never ends', last: [STARTED], state: 'listening' },
  { what: 'an answer that never starts', last: [STARTED, ...STOPPED], state: 'thinking' },
  {
    what: 'an answer that never ends',
    last: [{ type: 'response.created', response: RESPONSE }],
    state: 'thinking',
  },
  {
    what: 'playback that never stops',
    last: [
      { type: 'response.created', response: RESPONSE },
      { type: 'output_audio_buffer.started', response_id: 'response_1' },
      { type: 'response.done', response: { ...RESPONSE, status: 'completed' } },
    ],
    state: 'speaking',
  },
];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('a call in which nothing happens any more', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    describe(`in ${name}`, { concurrency: 3 }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      for (const { what, last, state } of missing) {
        it(`ends after the idle limit in spite of ${what}`, async () => {
          await using call = await begin(browser, { 'idle-timeout': '6' });
          await tell(call, last);
          await until(
            'the service was heard',
            () => call.voice.state(),
            (seen) => seen === state,
          );
          await until(
            'the visitor is warned, and reads it',
            () => visibleText(call.voice),
            (words) => words.includes('Are you still there?'),
            8000,
          );
          await until(
            'it ends',
            () => call.voice.detailsOf('voice-end', 'reason'),
            ([reason]) => reason === 'idle',
            10_000,
          );
          await assertNothingAlive(call.voice);
          assert.deepEqual([await call.voice.failures(), call.voice.opened.errors], [[], []]);
          reportFault({
            fault: `the service tells of ${what}`,
            injected: 'practice server, events that are missing',
            browser: name,
            seen: 'Are you still there?',
            told: 'voice-warning idle, voice-end idle',
            kept: 'the transcript',
            recovered: 'next start',
          });
        });
      }

      it('ends although a question about a tool waits for the visitor', async () => {
        const tools = [{ name: 'pay', confirm: 'Pay?', parameters: { type: 'object' } }];
        const attributes = { 'idle-timeout': '6', muted: '' };
        await using call = await RunningCall.begin(browser, practice.url, { attributes, properties: { tools } });
        await call.voice.page.$eval('realtime-voice', (element) => element.sendText('tool'));
        await until(
          'the visitor is asked',
          () => visibleText(call.voice),
          (words) => words.includes('Pay?'),
        );
        await until(
          'it ends',
          () => call.voice.detailsOf('voice-end', 'reason'),
          ([reason]) => reason === 'idle',
          12_000,
        );
      });

      it('does not end while the assistant is heard, whatever the service says about it', async () => {
        const attributes = { 'idle-timeout': '4', muted: '' };
        await using call = await RunningCall.begin(browser, practice.url, { attributes });
        await call.voice.page.$eval('realtime-voice', (element) => element.sendText('long story'));
        await call.voice.untilState('speaking');
        // It is told that all of it was played, long before that is so.
        await until(
          'the words have come',
          () => call.voice.transcript(),
          (lines) => (lines[1]?.text.length ?? 0) > 60,
        );
        const { audibleMs } = await stillAudible(call);
        assert.deepEqual([await call.voice.detailsOf('voice-end', 'reason'), audibleMs > 6000], [[], true]);
      });
    });
  }
});

describe('an answer that does not begin', { concurrency: true }, () => {
  for (const [name, launch] of BROWSERS) {
    it(`is told after 20 s in ${name}, and asked for again when the visitor wants it`, async () => {
      await using call = await begin(await launch(), {});
      const { voice } = call;
      const codes = (): Promise<string[]> => call.warnings();
      await tell(call, [STARTED, ...STOPPED]);
      const since = performance.now();
      await until('the visitor is told', codes, ({ length }) => length > 0, 25_000);
      const took = (performance.now() - since) / 1000;
      assert.ok(took > 19 && took < 22.5, `${took} s`);
      assert.deepEqual(await codes(), ['no-answer']);
      assert.match(await visibleText(voice), /^Thinking… · .*This is taking longer than usual.* Ask again$/);

      const asked = async (): Promise<number> =>
        (await call.peer()).clientEvents.filter(({ type }) => type === 'response.create').length;
      assert.equal(await asked(), 0);
      await call.press('Ask again');
      await until('the service is asked once more', asked, (count) => count === 1);
      assert.doesNotMatch(await visibleText(voice), /Ask again/);

      await until('it is told again', codes, ({ length }) => length === 2, 25_000);
      assert.deepEqual(await codes(), ['no-answer', 'no-answer']);
      await tell(call, [
        { type: 'response.created', response: RESPONSE },
        {
          type: 'response.output_audio_transcript.delta',
          response_id: 'response_1',
          item_id: 'answer_1',
          output_index: 0,
          content_index: 0,
          delta: 'Here',
        },
      ]);
      await until(
        'the notice goes',
        () => visibleText(voice),
        (words) => !words.includes('Ask again'),
      );
      assert.deepEqual([await voice.failures(), await voice.events('voice-end'), voice.opened.errors], [[], [], []]);
      reportFault({
        fault: 'an answer does not begin within 20 s',
        injected: 'practice server, events that are missing',
        browser: name,
        seen: 'This is taking longer than usual.',
        told: 'voice-warning no-answer',
        kept: 'the call',
        recovered: 'Ask again',
      });
    });
  }
});

/** Nobody is heard in it, and the service says only what the test writes. */
async function begin(browser: Browser, attributes: Readonly<Record<string, string>>): Promise<RunningCall> {
  const call = await RunningCall.begin(browser, practice.url, { typing: true, attributes });
  await call.answers(false);
  return call;
}

async function tell({ id }: RunningCall, events: readonly Wire[]): Promise<void> {
  const url = `${practice.url}/practice/calls/${id}/events`;
  await fetch(url, { method: 'POST', body: JSON.stringify(events) });
}

/** The service says that its answer is over and played; its sound goes on. */
async function stillAudible(call: RunningCall): Promise<{ audibleMs: number }> {
  const response = await call.voice.page.evaluate(() => {
    const { events } = (window as unknown as { __recorder: { events: { type: string; detail: WireDetail }[] } })
      .__recorder;
    interface WireDetail {
      readonly type?: string;
      readonly response?: { readonly id: string };
    }
    return events.findLast(({ detail }) => detail.type === 'response.created')!.detail.response!.id;
  });
  await call.answers(false);
  await tell(call, [
    { type: 'response.done', response: { ...RESPONSE, id: response, status: 'completed' } },
    { type: 'output_audio_buffer.stopped', response_id: response },
  ]);
  const since = performance.now();
  const voiced = async (): Promise<number> => (await call.peer()).sent.voicedFrames;
  let before = await voiced();
  while (performance.now() - since < 8000) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = await voiced();
    if (now === before) break;
    before = now;
  }
  return { audibleMs: performance.now() - since };
}
