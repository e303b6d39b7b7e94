import { setTimeout as pass } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { siteRoutes, TOKEN_PATH } from '../e2e/support/site.js';
import { until } from '../e2e/support/until.js';
import { launchChromium } from '../support/browsers.js';
import { openPage } from '../support/page.js';
import { startPractice } from '../support/practice-process.js';
import { machine } from './report/machine.js';
import { table, writePart } from './report/results.js';
import { quantile } from './report/statistics.js';
import { installWordWatch, type WordWatch } from './words/word-watch.js';

/**
 * Measures how long a word of the assistant takes from its event until it is painted: npm run bench -- words
 * [--rates 10,50,200] [--seconds 6]
 */
const { values } = parseArgs({
  options: { rates: { type: 'string', default: '10,50,200' }, seconds: { type: 'string', default: '6' } },
});
const seconds = Number(values.seconds);
/** In milliseconds. */
const TWO_FRAMES = 2000 / 60;

const practice = await startPractice();
const browser = await launchChromium();
try {
  const rows: string[][] = [];
  const late: number[] = [];
  for (const rate of values.rates.split(',').map(Number)) {
    const { painted, bare, received } = await measure(rate);
    const actual = (1000 * (received.length - 1)) / (received.at(-1)! - received[0]!);
    const ms = (share: number, times: readonly number[]): string => quantile(times, share).toFixed(1);
    if (quantile(painted, 0.99) > TWO_FRAMES) late.push(rate);
    rows.push([
      `${rate} a second (${actual.toFixed(0)} arrived)`,
      ...[ms(0.5, painted), ms(0.99, painted), ms(0.5, bare), ms(0.99, bare)],
      (quantile(painted, 0.5) / quantile(bare, 0.5)).toFixed(2),
    ]);
  }
  const head = ['events', 'p50', 'p99', 'paragraph p50', 'paragraph p99', 'ratio of p50'];
  const report = table(head, rows);
  const verdict = late.length
    ? `More than two frames pass for 1 % of the words at ${late.join(' and ')} a second.`
    : 'Two frames are enough for 99 % of the words at every rate.';
  console.log(report);
  await writePart(
    'words',
    `### Words: from the event to the screen

In milliseconds, for each word of an answer, sent for ${seconds} s in a call of its own. From \`voice-server-event\`,
which the element fires in the task of the data channel's message, to the first task after the frame in which the word is
in the transcript. The other columns are of a plain paragraph in the same page, to which the page appends the same word
in that event. Both share one main thread, so a frame that the element delays is late for both: the ratio shows only
whether the element shows a word in the same frame. A frame takes 16.7 ms. ${machine(await browser.version())}

${report}

${verdict}`,
  );
} finally {
  await browser.close();
  await practice.stop();
}

/** One answer in a call of its own. */
async function measure(rate: number): Promise<WordWatch> {
  const url = `${practice.url}/v1/realtime/calls`;
  await using opened = await openPage(browser, {
    html: `<realtime-voice token-url="${TOKEN_PATH}" calls-url="${url}"></realtime-voice><p id="bare"></p>`,
    routes: siteRoutes(practice.url),
  });
  const { page } = opened;
  await page.$eval('realtime-voice', (element) => element.start({ microphone: false }));
  const id = await page.$eval('realtime-voice', (element) => element.callId);
  const call = `${practice.url}/practice/calls/${id}`;
  await post(`${call}/scripted`, { scripted: true });
  await page.evaluate(installWordWatch);

  const ids = { response_id: 'response_1', item_id: 'answer_1', output_index: 0, content_index: 0 };
  const item = { id: ids.item_id, object: 'realtime.item', type: 'message', role: 'assistant', content: [] };
  await post(`${call}/events`, [
    { type: 'response.created', response: { id: ids.response_id, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', response_id: ids.response_id, output_index: 0, item },
    { type: 'output_audio_buffer.started', response_id: ids.response_id },
  ]);
  const count = rate * seconds;
  const from = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const delta = `word${sent}. `;
    void post(`${call}/events`, [{ type: 'response.output_audio_transcript.delta', ...ids, delta }]);
    const due = from + ((sent + 1) * 1000) / rate;
    // Timers are not exact: a word that is late is not waited for.
    if (due > performance.now()) await pass(due - performance.now());
  }
  // Awaited here, because the page is closed at the return.
  return await until(
    'all words are painted',
    () => watched(page),
    ({ painted, bare }) => painted.length === count && bare.length === count,
  );
}

function watched(page: Page): Promise<WordWatch> {
  return page.evaluate(() => (window as unknown as { __words: WordWatch }).__words);
}

async function post(url: string, body: unknown): Promise<void> {
  const { ok, status } = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!ok) throw new Error(`${url} answered ${status}.`);
}
