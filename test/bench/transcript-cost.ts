import type { Browser, Page } from 'puppeteer-core';
import { lookSite } from '../support/look-site.js';
import { showing } from '../support/look-states.js';
import { openPage } from '../support/page.js';
import { type Heap, heapOf } from './heap.js';
import type { Row } from './row.js';
import { sessionMemory } from './session-memory.js';
import { threadTime } from './thread-time.js';

const [SHORT, LONG] = [10, 5_000];
const DELTAS = 300;
const ROUNDS = 3;

/** Measures what the transcript costs: a piece of text in a short and in a long conversation, and its memory. */
export async function transcriptCost(browser: Browser): Promise<Row[]> {
  await using opened = await openPage(browser, await lookSite());
  const { page } = opened;
  await page.waitForFunction(() => customElements.get('scripted-voice'));
  const ofShort = await deltaCost(browser, page, SHORT);
  const ofLong = await deltaCost(browser, page, LONG);

  await page.evaluate(showing('inline', 'listening'));
  const empty = await heapOf(page);
  const placing = await page.evaluate(converse, LONG);
  const full = await heapOf(page);
  await page.evaluate(extend, 5_000);
  const later = await heapOf(page);
  await page.evaluate(showing('inline', 'listening'));
  const oneByOne = await page.evaluate(sayEach, LONG);
  const inSession = sessionMemory(LONG);
  const perEntry = (kind: keyof Heap): number => (full[kind] - empty[kind]) / LONG;
  return [
    { name: `a delta at ${SHORT} entries: main thread`, value: ofShort, unit: 'ms' },
    { name: `a delta at ${LONG} entries: main thread`, value: ofLong, unit: 'ms' },
    { name: 'ratio of the two', value: ofLong / ofShort, unit: '', limit: 1.5 },
    { name: `placing ${LONG} entries at once`, value: placing, unit: 'ms', limit: 3_000 },
    { name: `placing ${LONG} entries one by one, each laid out`, value: oneByOne, unit: 'ms' },
    { name: 'memory of an entry in the session', value: inSession, unit: 'bytes' },
    { name: 'memory of an entry in the element: objects', value: perEntry('objects'), unit: 'bytes' },
    { name: 'memory of an entry in the element: document', value: perEntry('nodes'), unit: 'bytes' },
    {
      name: 'memory of an entry in all',
      value: inSession + perEntry('objects') + perEntry('nodes'),
      unit: 'bytes',
      limit: 2_000,
    },
    { name: 'growth of the heap by 5,000 deltas', value: (later.objects - full.objects) / 1_000, unit: 'kB' },
  ];
}

/** The least of several rounds: processor time of the main thread for one delta, with its frame; in ms. */
async function deltaCost(browser: Browser, page: Page, entries: number): Promise<number> {
  await page.evaluate(showing('inline', 'listening'));
  await page.evaluate(converse, entries);
  await page.evaluate(extendInFrames, 20);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = await threadTime(browser);
    await page.evaluate(extendInFrames, DELTAS);
    rounds.push((await threadTime(browser)).main - before.main);
  }
  return (1_000 * Math.min(...rounds)) / DELTAS;
}

/** Runs in the page: a conversation of this length, laid out; returns how long that took, in ms. */
async function converse(entries: number): Promise<number> {
  const element = document.querySelector('scripted-voice')!;
  const from = performance.now();
  element.script.transcript = Array.from({ length: entries }, (_, index) => ({
    id: `item_${index}`,
    role: index % 2 ? 'assistant' : 'user',
    text: `Some words that make entry ${index} run over a line or two.`,
    status: 'final',
    source: 'speech',
    createdAt: 1_700_000_000_000,
  }));
  element.script.changed();
  await element.updateComplete;
  element.shadowRoot!.querySelector('[part="transcript"]')!.getBoundingClientRect();
  return performance.now() - from;
}

/** Runs in the page: entries come one after another, each laid out at once; returns how long that took, in ms. */
function sayEach(entries: number): number {
  const { script } = document.querySelector('scripted-voice')!;
  const from = performance.now();
  for (let index = 0; index < entries; index++) {
    const role = index % 2 ? 'assistant' : 'user';
    script.say({ id: `item_${index}`, role, text: 'Some words that run over a line or two.', status: 'final' });
  }
  return performance.now() - from;
}

/** Runs in the page: one piece of text in each frame. */
async function extendInFrames(deltas: number): Promise<void> {
  const { script } = document.querySelector('scripted-voice')!;
  for (let text = ''; text.length < 2 * deltas;) {
    text += 'x ';
    script.say({ id: 'last', role: 'assistant', text });
    await new Promise(requestAnimationFrame);
  }
}

/** Runs in the page: pieces of text, as fast as they can be written. */
function extend(deltas: number): void {
  const { script } = document.querySelector('scripted-voice')!;
  for (let n = 0; n < deltas; n++) script.say({ id: 'last', role: 'assistant', text: `Words ${n}` });
}
