import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { loadElement } from '../e2e/support/call-tasks.js';
import { RunningCall } from '../e2e/support/running-call.js';
import { openVoicePage } from '../e2e/support/voice-page.js';
import { openPage } from '../support/page.js';
import type { Row } from './row.js';
import { taskLength } from './task-length.js';
import { threadTime } from './thread-time.js';
import { transcriptCost } from './transcript-cost.js';

/** How long a page is watched, in seconds. */
const WINDOW = 10;
const PAGES = 7;

/** Measures what the built element costs a page: to start, while it waits, and in a call. */
export async function pageCost(browser: Browser, practiceUrl: string): Promise<Row[]> {
  return [
    ...(await startCost(browser)),
    ...(await taskLength(browser, practiceUrl)),
    ...(await waitingCost(browser)),
    ...(await callCost(browser, practiceUrl)),
    ...(await transcriptCost(browser)),
  ];
}

/** The least of several pages. */
async function startCost(browser: Browser): Promise<Row[]> {
  const one: MainThread[] = [];
  const twenty: MainThread[] = [];
  let longTasks = 0;
  for (let n = 0; n < PAGES; n++) {
    const html = '<realtime-voice></realtime-voice><div id="place"></div>';
    await using opened = await openPage(browser, { html, script: 'none' });
    const { page } = opened;
    await page.evaluate(countLongTasks);
    one.push(await spentIn(page, loadElement));
    longTasks += await page.evaluate(() => (window as unknown as { longTasks: number }).longTasks);
    twenty.push(await spentIn(page, addTwenty));
  }
  const least = (all: readonly MainThread[], key: keyof MainThread): number =>
    Math.min(...all.map((each) => each[key]));
  return [
    { name: 'script evaluation and first render', value: least(one, 'work'), unit: 'ms', limit: 15 },
    { name: 'the same with painting and all else', value: least(one, 'tasks'), unit: 'ms' },
    { name: '20 more elements, first render', value: least(twenty, 'work'), unit: 'ms', limit: 40 },
    { name: 'the same with painting and all else', value: least(twenty, 'tasks'), unit: 'ms' },
    { name: `long tasks in the starts of ${PAGES} pages`, value: longTasks, unit: '', limit: 0 },
  ];
}

/** Milliseconds of the main thread. */
interface MainThread {
  /** Script, its compilation, style and layout. */
  readonly work: number;
  /** All tasks. */
  readonly tasks: number;
}

async function spentIn(page: Page, step: () => Promise<void>): Promise<MainThread> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const spent = async (): Promise<MainThread> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const sum = (...names: string[]): number =>
      metrics.reduce((sum, { name, value }) => sum + (names.includes(name) ? 1_000 * value : 0), 0);
    return {
      work: sum('ScriptDuration', 'V8CompileDuration', 'RecalcStyleDuration', 'LayoutDuration'),
      tasks: sum('TaskDuration'),
    };
  };
  const before = await spent();
  await page.evaluate(step);
  const after = await spent();
  await session.detach();
  return { work: after.work - before.work, tasks: after.tasks - before.tasks };
}

// The rest runs in the page.

function countLongTasks(): void {
  const counter = Object.assign(window, { longTasks: 0 });
  new PerformanceObserver((list) => (counter.longTasks += list.getEntries().length)).observe({ type: 'longtask' });
}

async function addTwenty(): Promise<void> {
  document.querySelector('#place')!.innerHTML = '<realtime-voice></realtime-voice>'.repeat(20);
  await Promise.all([...document.querySelectorAll('realtime-voice')].map(({ updateComplete }) => updateComplete));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

async function waitingCost(browser: Browser): Promise<Row[]> {
  await using voice = await openVoicePage(browser);
  return await watch(browser, voice.page, 'no call');
}

async function callCost(browser: Browser, practiceUrl: string): Promise<Row[]> {
  await using call = await RunningCall.begin(browser, practiceUrl);
  const { page } = call.voice;
  // The browsers of the tests ask for reduced motion.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
  const quiet = await watch(browser, page, 'quiet call', 1);
  await call.answers(false);
  await page.$eval('realtime-voice', moveLevels);
  const moving = await watch(browser, page, 'both meters moving', 3);
  await page.$eval('realtime-voice', (element) => element.stop());
  return [...quiet, ...moving, ...(await watch(browser, page, 'after the call'))];
}

/** Runs in the page: the levels are measured as ever, and then others are shown, which always move. */
function moveLevels({ session }: HTMLElementTagNameMap['realtime-voice']): void {
  session!.muted = false;
  const periods = { inputLevel: 370, outputLevel: 290 };
  for (const [name, period] of Object.entries(periods)) {
    const moving = (): number => {
      Reflect.get(Object.getPrototypeOf(session) as object, name, session);
      return Math.abs(Math.sin(performance.now() / period));
    };
    Object.defineProperty(session, name, { get: moving });
  }
}

/** Watches a page for a while. */
async function watch(browser: Browser, page: Page, name: string, limit?: number): Promise<Row[]> {
  // What has just begun is not what goes on.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  // The browser counts only while this session is open.
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const before = await countersOf(browser, page, session);
  await new Promise((resolve) => setTimeout(resolve, WINDOW * 1_000));
  const after = await countersOf(browser, page, session);
  await session.detach();
  const perSecond = (key: keyof typeof after): number => (after[key] - before[key]) / (after.at - before.at);
  const percent = (key: keyof typeof after): number => 100 * perSecond(key);
  return [
    { name: `${name}: main thread`, value: percent('main'), unit: '% of a core', ...(limit && { limit }) },
    { name: `${name}: drawing`, value: percent('drawing'), unit: '% of a core' },
    { name: `${name}: whole page process`, value: percent('pages'), unit: '% of a core' },
    { name: `${name}: layouts`, value: perSecond('layouts'), unit: 'a second' },
    { name: `${name}: style recalculations`, value: perSecond('recalculations'), unit: 'a second' },
    { name: `${name}: frames requested`, value: perSecond('frames'), unit: 'a second' },
  ];
}

type Counters = Readonly<Record<'at' | 'main' | 'drawing' | 'pages' | 'layouts' | 'recalculations' | 'frames', number>>;

async function countersOf(browser: Browser, page: Page, session: CDPSession): Promise<Counters> {
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((each) => each.name === name)!.value;
  const frames = await page.evaluate(() => {
    const { made } = (window as unknown as { __alive: () => { made: Record<string, number> } }).__alive();
    return made['requestAnimationFrame'] ?? 0;
  });
  return {
    at: metric('Timestamp'),
    layouts: metric('LayoutCount'),
    recalculations: metric('RecalcStyleCount'),
    frames,
    ...(await threadTime(browser)),
  };
}
