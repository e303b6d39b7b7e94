import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { until } from '../../e2e/support/until.js';
import { seededRandom, shuffled } from '../../support/seeded-random.js';
import type { Contender } from './contender.js';
import { installObserver, type Observer } from './observer.js';
import type { BenchSite } from './site.js';
import { click } from './visitor.js';

/** A page has loaded, and its scripts have run. In milliseconds. */
const CALM = 300;
const LIMIT = 15_000;

/** The times of each contender from the click until the call is ready, in milliseconds. */
export type Times = Readonly<Record<string, readonly number[]>>;

export interface Measurement {
  readonly site: BenchSite;
  readonly contenders: readonly Contender[];
  readonly runs: number;
  readonly promptMs: number;
}

/** Measures all contenders in turn, each time in another order. The first round only warms the machine. */
export async function measure(browser: Browser, { site, contenders, runs, promptMs }: Measurement): Promise<Times> {
  const chance = seededRandom(1);
  const times = Object.fromEntries(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= runs; round += 1) {
    for (const contender of shuffled(contenders, chance)) {
      const time = await once(browser, site, contender, promptMs);
      if (round > 0) times[contender.name]!.push(time);
    }
    process.stdout.write(`\r${round} of ${runs} rounds`);
  }
  process.stdout.write('\n');
  return times;
}

/** In a window of its own, whose cache and permissions are empty. */
async function once(browser: Browser, site: BenchSite, contender: Contender, promptMs: number): Promise<number> {
  await site.settle();
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    // esbuild, which compiles this file, calls a helper `__name`, which the page does not have.
    await page.evaluateOnNewDocument('globalThis.__name ??= (it) => it;');
    const service = 'https://api.openai.com';
    await page.evaluateOnNewDocument(installObserver, { promptMs, service, standIn: site.serviceUrl });
    await page.goto(site.urlOf(contender), { waitUntil: 'load' });
    await page.waitForSelector(contender.button);
    await pass(CALM);
    const before = site.issued;
    await click(page, contender, async () => void (await until('the secret is there', () => site.issued > before)));
    const ready = page.evaluate(() => (window as unknown as { __observer: Observer }).__observer.ready);
    const late = pass(LIMIT, undefined, { ref: false }).then(() => Promise.reject(new Error('The call is not ready.')));
    const { clickedAt, readyAt } = await Promise.race([ready, late]);
    return readyAt - clickedAt;
  } catch (cause) {
    throw new Error(`${contender.title} could not be measured.`, { cause });
  } finally {
    await context.close();
  }
}
