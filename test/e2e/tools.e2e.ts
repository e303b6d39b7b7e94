import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { ToolDeclaration, VoiceTool } from '../../src/session/index.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { Conversation } from './support/conversation.js';
import { until } from './support/until.js';

/** What the page's tools share with the test. */
interface Workshop {
  /** Names of the tools that ran. */
  ran: string[];
  /** Ends the slow tool with a result. */
  finish(result: unknown): void;
}

const NOTICE = 'realtime-voice >>> [part="notice"]';
const OUTPUT = 'conversation.item.create';
const OUTPUTS_AND_RESPONSE = [OUTPUT, OUTPUT, 'response.create'];
const RESPONSE_FOR_EACH = [OUTPUT, 'response.create', OUTPUT, 'response.create'];

let practice: PracticeProcess;
before(
  async () =>
    void (practice = await startPractice(['--voice-rate', '450', '--thinking-ms', '50', '--lead-ms', '5000'])),
);
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`two tools called at once in ${name} are both answered when`, () => {
    let browser: Browser;
    before(async () => void (browser = await launch()));

    it('one throws and the other is slow', async () => {
      await using voice = await openWith(browser, 'order_status', 'count_ships');
      await voice.write('two tools');
      await until(
        'the panel names the running tool',
        () => notice(voice),
        (text) => text === 'Working on it: count ships',
      );
      const failed = { order_status: '{"error":"No such order."}' };
      await until(
        'the other tool is answered',
        () => outputs(voice),
        (all) => Object.keys(all).length === 1,
      );
      assert.deepEqual(await outputs(voice), failed);
      assert.deepEqual(await voice.sent(3), ['conversation.item.create'], 'the model waits for both');
      assert.equal(await voice.state(), 'thinking');

      await voice.page.evaluate(() => (window as unknown as { workshop: Workshop }).workshop.finish({ ships: 12 }));
      await assertGoesOn(voice, { ...failed, count_ships: '{"ships":12}' });
      assert.deepEqual(await ran(voice), ['order_status', 'count_ships'], 'each ran once');
    });

    it('one has too large a result and the visitor accepts the other', async () => {
      await using voice = await openWith(browser, 'whole_log', 'book_table');
      await voice.write('two tools');
      await until(
        'the visitor is asked',
        () => notice(voice),
        (text) => /^Book the table\?/.test(text ?? ''),
      );
      assert.deepEqual(await ran(voice), ['whole_log']);
      const failed = { whole_log: '{"error":"The result has 65537 bytes, more than 65536."}' };
      await assertHeldUpByNothing(voice, failed);
      await voice.page.locator('realtime-voice >>> button ::-p-text(Accept)').click();
      await assertGoesOn(voice, { ...failed, book_table: 'booked' }, RESPONSE_FOR_EACH);
    });

    it('one throws what is no error and the other returns control characters', async () => {
      await using voice = await openWith(browser, 'bare_throw', 'noise');
      await voice.write('two tools');
      await until(
        'both are answered',
        () => outputs(voice),
        (all) => Object.keys(all).length === 2,
      );
      const { noise, bare_throw } = await outputs(voice);
      assert.equal(bare_throw, '{"error":"Unreadable error"}');
      assert.match(noise!, /^\{"error":"The event .* has \d+ bytes, more than \d+\."\}$/);
      await assertGoesOn(voice, { bare_throw, noise: noise! });
    });

    it('one finishes while the visitor speaks, whose turn the service answers', async () => {
      await using voice = await openWith(browser, 'order_status', 'count_ships');
      await voice.write('two tools');
      await until(
        'one is answered',
        () => outputs(voice),
        (all) => Object.keys(all).length === 1,
      );
      await voice.script(true);
      const at = { item_id: 'item_turn', audio_start_ms: 0 };
      await voice.announce({ type: 'input_audio_buffer.speech_started', ...at });
      await until('the visitor speaks', () =>
        voice.page.$eval('realtime-voice', ({ session }) => session!.userSpeaking),
      );
      await voice.page.evaluate(() => (window as unknown as { workshop: Workshop }).workshop.finish('done'));
      await voice.untilPeer('the result is sent', ({ clientEvents }) => clientEvents.length === 5);
      await voice.announce(
        { type: 'input_audio_buffer.speech_stopped', ...at },
        { type: 'response.created', response: { id: 'resp_turn', status: 'in_progress', output: [] } },
        { type: 'response.done', response: { id: 'resp_turn', status: 'completed', output: [] } },
      );
      await voice.untilState('listening');
      assert.deepEqual(await voice.sent(3), ['conversation.item.create', 'conversation.item.create']);
      await voice.script(false);
      await assertCallWorks(voice);
    });

    it('the visitor declines one and a listener answers the other', async () => {
      await using voice = await openWith(browser, 'book_table', 'page_title');
      await voice.page.$eval('realtime-voice', (element) =>
        element.addEventListener('voice-tool-call', ({ detail: { name, respondWith } }) => {
          if (name === 'page_title') respondWith(Promise.resolve(document.title));
        }),
      );
      await voice.write('two tools');
      await assertHeldUpByNothing(voice, { page_title: 'Test page' });
      await voice.page.locator('realtime-voice >>> button ::-p-text(Decline)').click();
      const declined = { page_title: 'Test page', book_table: '{"error":"The visitor declined."}' };
      await assertGoesOn(voice, declined, RESPONSE_FOR_EACH);
      assert.deepEqual(await ran(voice), []);
    });

    it('one has invalid arguments and the other is unknown', async () => {
      await using voice = await openWith(browser, 'order_status');
      // The practice server makes no such calls, so the test writes the events.
      await voice.write('silence');
      await until(
        'the model has nothing to say',
        () => serverEvents(voice),
        (types) => types.includes('response.done'),
      );
      const before = (await voice.sent()).length;
      await voice.script(true);
      const calls = [
        { type: 'function_call', id: 'item_a', call_id: 'call_a', name: 'order_status', arguments: '{"order": ' },
        { type: 'function_call', id: 'item_b', call_id: 'call_b', name: 'launch_rocket', arguments: '{}' },
      ];
      const at = { response_id: 'resp_x' };
      await voice.announce(
        { type: 'response.created', response: { id: 'resp_x', status: 'in_progress', output: [] } },
        ...calls.map((item, output_index) => ({ type: 'response.output_item.done', ...at, output_index, item })),
        { type: 'response.done', response: { id: 'resp_x', status: 'completed', output: calls } },
      );
      await voice.untilPeer(
        'both are answered, and a response is requested',
        ({ clientEvents }) => clientEvents.length >= before + 3,
      );
      assert.deepEqual(await voice.sent(before), OUTPUTS_AND_RESPONSE);
      const told = await outputs(voice);
      assert.match(told['call_a']!, /^\{"error":".*JSON.*"\}$/);
      assert.equal(told['call_b'], '{"error":"Nothing on this page answers the tool launch_rocket."}');
      assert.deepEqual(await ran(voice), []);

      const done = { type: 'response.done', response: { id: 'resp_y', status: 'completed', output: [] } };
      await voice.announce(
        { type: 'response.created', response: { id: 'resp_y', status: 'in_progress', output: [] } },
        done,
      );
      await voice.untilState('listening');
      await voice.script(false);
      await assertCallWorks(voice);
      assert.deepEqual(await voice.sent(before), [
        ...OUTPUTS_AND_RESPONSE,
        'conversation.item.create',
        'response.create',
      ]);
    });
  });
}

/** A typed call, whose page has only these tools. */
async function openWith(browser: Browser, ...names: string[]): Promise<Conversation> {
  const voice = await Conversation.open(browser, practice.url, { attributes: { 'no-transcript': '' } });
  await voice.page.$eval(
    'realtime-voice',
    async (element, names) => {
      const workshop: Workshop = { ran: [], finish: () => {} };
      const run = (name: string, result: () => unknown) => () => {
        workshop.ran.push(name);
        return result();
      };
      const parameters = { type: 'object', properties: { order: { type: 'string' } } };
      const all: (ToolDeclaration | VoiceTool)[] = [
        {
          name: 'order_status',
          parameters,
          execute: run('order_status', () => {
            throw new Error('No such order.');
          }),
        },
        {
          name: 'count_ships',
          parameters,
          execute: run('count_ships', () => new Promise((resolve) => (workshop.finish = resolve))),
        },
        {
          name: 'bare_throw',
          parameters,
          execute: run('bare_throw', () => {
            throw Object.create(null);
          }),
        },
        { name: 'noise', parameters, execute: run('noise', () => '\u0001'.repeat(64 * 1024)) },
        { name: 'whole_log', parameters, execute: run('whole_log', () => 'x'.repeat(64 * 1024 + 1)) },
        { name: 'book_table', parameters, confirm: 'Book the table?', execute: run('book_table', () => 'booked') },
        { name: 'page_title', parameters },
      ];
      Object.assign(window, { workshop });
      Object.assign(element, { tools: names.map((name) => all.find((tool) => tool.name === name)) });
      await element.start({ microphone: false });
    },
    names,
  );
  await voice.untilPeer(
    'the service knows the tools',
    ({ session }) => `${session.tools?.map((tool) => tool.name)}` === `${names}`,
  );
  return voice;
}

/** The outputs by tool name, or by call id for calls that the practice server did not make. */
async function outputs(voice: Conversation): Promise<Record<string, string>> {
  const { clientEvents, items } = await voice.peer();
  const nameOf = (id: string): string =>
    items.find((item) => item.type === 'function_call' && item.call_id === id)?.name ?? id;
  const given = clientEvents.flatMap(({ item }) =>
    item?.type === 'function_call_output' ? [[nameOf(item.call_id!), item.output!]] : [],
  );
  assert.equal(new Set(given.map(([name]) => name)).size, given.length, 'a call is answered once');
  return Object.fromEntries(given) as Record<string, string>;
}

/** The result of one tool is spoken while the visitor is asked about the other, and may then speak. */
async function assertHeldUpByNothing(voice: Conversation, expected: Record<string, string>): Promise<void> {
  await voice.untilState('speaking');
  await voice.untilState('listening');
  assert.deepEqual(await outputs(voice), expected);
  assert.deepEqual(await voice.sent(3), RESPONSE_FOR_EACH.slice(0, 2));
  assert.match((await notice(voice))!, /^Book the table\?/);
  await untilItCounts();
}

/** The last of `sent` is the request for the response that speaks the results, or those of the second tool. */
async function assertGoesOn(
  voice: Conversation,
  expected: Record<string, string>,
  sent: readonly string[] = OUTPUTS_AND_RESPONSE,
): Promise<void> {
  const responses = sent.filter((type) => type === 'response.create').length;
  await until(
    'the results are spoken',
    () => voice.transcript(),
    (entries) => entries[responses]?.status === 'final',
  );
  await voice.untilState('speaking');
  assert.deepEqual(await outputs(voice), expected);
  // The first three events are the tools, the typed text and its `response.create`.
  assert.deepEqual(await voice.sent(3), sent);
  const turn = ['listening', 'thinking', 'speaking'];
  assert.deepEqual(await voice.states(), ['connecting', ...Array<string[]>(responses).fill(turn).flat()]);
  // A notice stays for a second.
  await until(
    'nothing is on the card any more',
    () => notice(voice),
    (text) => text === undefined,
  );
  await assertCallWorks(voice);
  const asked = (await voice.sent()).filter((type) => type === 'response.create');
  assert.equal(asked.length, responses + 2, 'no further response was requested');
}

async function assertCallWorks(voice: Conversation): Promise<void> {
  await voice.write('and now?');
  await voice.untilAnswered('and now?', /^You typed: and now\?$/);
  assert.ok(!(await serverEvents(voice)).includes('error'), 'the service reported no error');
  assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
}

async function serverEvents(voice: Conversation): Promise<unknown[]> {
  return (await voice.events('voice-server-event')).map(({ detail }) => detail['type']);
}

function ran({ page }: Conversation): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { workshop: Workshop }).workshop.ran);
}

async function notice({ page }: Conversation): Promise<string | undefined> {
  const [text] = await page.$$eval(NOTICE, (notices) => notices.map(({ textContent }) => textContent.trim()));
  return text;
}
