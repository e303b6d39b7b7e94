import { setTimeout as pass } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { spokenExchange, type Wire } from '../e2e/support/scripted-conversation.js';
import { siteRoutes, TOKEN_PATH } from '../e2e/support/site.js';
import { until } from '../e2e/support/until.js';
import { openPage } from '../support/page.js';
import { heapOf } from './heap.js';
import type { Row } from './row.js';

/** What is assumed of an hour: a question and an answer every ten seconds. */
export const HOUR = { turns: 360, deltas: 60, readings: 57_600, seconds: 3_600 };
/** How much faster the hour passes. */
const SPEED = 40;
const QUARTERS = 4;
/** The turns of a quarter. */
const TURNS = HOUR.turns / QUARTERS;
/** In kB: a heap that grows by less is flat. */
const FLAT = 200;

const ANSWER = Array.from({ length: HOUR.deltas }, (_, n) => `word${n}`).join(' ');

/**
 * Measures the heap during an hour's call, in compressed time: with the events of all its turns, as many readings of
 * the levels, and the intervals of the page `SPEED` times as fast. The transcript grows with what is said. To measure
 * all else, the service deletes it after each quarter.
 */
export async function hourCall(browser: Browser, practiceUrl: string): Promise<Row[]> {
  await using opened = await openPage(browser, {
    html: `<script src="/fast.js"></script><realtime-voice
      token-url="${TOKEN_PATH}" calls-url="${practiceUrl}/v1/realtime/calls" max-duration="0"></realtime-voice>`,
    routes: { ...siteRoutes(practiceUrl), '/fast.js': { body: `(${installFastIntervals})(${SPEED})` } },
  });
  const { page } = opened;
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  const bytes = async (): Promise<number> => {
    const { objects, nodes } = await heapOf(page);
    return objects + nodes;
  };

  // Code and caches of the first turns stay.
  const warmUp = await Call.begin(page, practiceUrl);
  await warmUp.quarter(0);
  const hour = await Call.begin(page, practiceUrl);
  const [before, asked] = [await bytes(), await questions(page)];
  const full: number[] = [];
  const emptied: number[] = [];
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    await hour.quarter(quarter);
    full.push(await bytes());
    await hour.clear(quarter);
    emptied.push(await bytes());
  }
  const statistics = (await questions(page)) - asked;
  await Call.begin(page, practiceUrl);
  const left = (await bytes()) - before;
  const rows = emptied.map((heap, quarter) => ({
    name: `heap after ${quarter + 1}/${QUARTERS} of an hour's call, without the transcript`,
    value: (heap - before) / 1_000,
    unit: 'kB more',
    limit: FLAT,
  }));
  const ofTurn = (full.at(-1)! - emptied.at(-1)!) / TURNS;
  return [
    ...rows,
    { name: 'heap when the next call has begun', value: left / 1_000, unit: 'kB more', limit: FLAT },
    { name: `a question and an answer of ${HOUR.deltas} words, laid out`, value: ofTurn, unit: 'bytes' },
    { name: 'statistics that the call asked for in that hour', value: statistics, unit: '' },
  ];
}

/** A call whose events come from here. */
class Call {
  readonly #page: Page;
  readonly #url: string;

  private constructor(page: Page, url: string) {
    this.#page = page;
    this.#url = url;
  }

  /** Ends the call before. */
  static async begin(page: Page, practiceUrl: string): Promise<Call> {
    const id = await page.$eval('realtime-voice', async (element) => {
      element.stop();
      await element.start();
      return element.callId;
    });
    const url = `${practiceUrl}/practice/calls/${id}`;
    await fetch(`${url}/scripted`, { method: 'POST', body: JSON.stringify({ scripted: true }) });
    return new Call(page, url);
  }

  /** The turns of a quarter, the readings of the levels, and the time that they take. */
  async quarter(quarter: number): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) {
      const next = pass((1_000 * HOUR.seconds) / SPEED / HOUR.turns);
      const n = quarter * TURNS + turn;
      const { question, heard, answer } = spokenExchange(n, n === 0 ? null : `answer_${n - 1}`, ANSWER);
      await this.#send([...question, ...heard, ...answer], 2 * (turn + 1));
      await this.#page.evaluate(readLevels, HOUR.readings / HOUR.turns);
      await next;
    }
  }

  /** The service deletes what was said in a quarter. */
  async clear(quarter: number): Promise<void> {
    const deleted = Array.from({ length: TURNS }, (_, turn) => quarter * TURNS + turn)
      .flatMap((n) => [`question_${n}`, `answer_${n}`])
      .map((item_id) => ({ type: 'conversation.item.deleted', item_id }));
    await this.#send(deleted, 0);
  }

  /** Sends events, and waits until the transcript has so many entries, all of them complete. */
  async #send(events: readonly Wire[], entries: number): Promise<void> {
    const { ok, status } = await fetch(`${this.#url}/events`, { method: 'POST', body: JSON.stringify(events) });
    if (!ok) throw new Error(`The events were answered with ${status}.`);
    await until(
      `the transcript has ${entries} entries`,
      () => this.#page.$eval('realtime-voice', ({ transcript }) => transcript.map(({ status }) => status).join()),
      (written) => written === Array(entries).fill('final').join(),
    );
  }
}

/** How often the page has asked for the statistics of a connection. */
function questions(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { questions: number }).questions);
}

// The rest runs in the page, and uses nothing outside itself.

function readLevels(readings: number): void {
  const element = document.querySelector('realtime-voice')!;
  for (let n = 0; n < readings; n++) void (element.inputLevel + element.outputLevel);
}

/** Every interval of the page is shorter, and the questions for statistics are counted. */
function installFastIntervals(speed: number): void {
  const { setInterval } = window;
  window.setInterval = ((callback: () => void, ms: number) => setInterval(callback, ms / speed)) as typeof setInterval;
  const counter = Object.assign(window, { questions: 0 });
  const { getStats } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.getStats = function (...args) {
    counter.questions++;
    return getStats.apply(this, args);
  };
}
