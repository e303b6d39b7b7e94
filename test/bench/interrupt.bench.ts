import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { RelayedSite } from '../e2e/support/relayed-site.js';
import { until } from '../e2e/support/until.js';
import { openVoicePage } from '../e2e/support/voice-page.js';
import { startPractice } from '../support/practice-process.js';
import { installTabEar, launchHearing, type TabEar, WORKLET } from './tab-ear.js';

/**
 * Measures how long after `interrupt()` the visitor still hears the answer, and when the service confirms that it has
 * dropped the rest: npm run bench -- interrupt [--runs 20] [--delay 50]
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, delay: { type: 'string', default: '50' } },
});
/** In milliseconds. */
const DEMAND = 50;
const RESOLUTION = 3;
const runs = Number(values.runs);
const delay = Number(values.delay);

/** In milliseconds after `interrupt()`. */
interface Measured {
  readonly silent: number;
  readonly cleared: number;
}

const practice = await startPractice();
const browser = await launchHearing();
const site = await RelayedSite.open(practice.url);
try {
  await using voice = await openVoicePage(browser, {
    attributes: { 'token-url': `${site.server.url}/token`, 'calls-url': `${site.server.url}/calls`, muted: '' },
    routes: { '/tab-ear.js': { body: WORKLET } },
  });
  await voice.page.evaluate(installTabEar);
  const path = await calibrated(voice.page);
  await voice.page.$eval('realtime-voice', (element) => element.start({ microphone: false }));
  site.relay.delay(delay);

  const measured: Measured[] = [];
  while (measured.length < runs) {
    await voice.page.$eval('realtime-voice', (element) => element.sendText('long story'));
    await until('the story is heard', () =>
      voice.page.evaluate(() => (window as unknown as { tabEar: TabEar }).tabEar.loudFor > 300),
    );
    measured.push(await interrupted(voice.page));
    await voice.untilState('listening');
  }
  // What the visitor hears is not delayed by the recording.
  const silent = measured.map((each) => each.silent - path).sort((a, b) => a - b);
  const cleared = measured.map((each) => each.cleared).sort((a, b) => a - b);
  console.log(`interrupt(), ${runs} runs, ${2 * delay} ms round trip`);
  console.log(`${path.toFixed(0)} ms, which recording the sound of the tab takes, are subtracted`);
  console.log(line('silence on the page', silent));
  console.log(line('output_audio_buffer.cleared', cleared));
  const ratio = rank(cleared, 0.5) / Math.max(rank(silent, 0.5), RESOLUTION);
  console.log(`ratio of the medians, with ${RESOLUTION} ms as the least that can be measured: ${ratio.toFixed(0)}`);
  console.log(`${rank(silent, 0.95) <= DEMAND ? 'within' : 'NOT within'} ${DEMAND} ms`);
} finally {
  await browser.close();
  await site.close();
  await practice.stop();
}

function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

function line(name: string, sorted: readonly number[]): string {
  const columns = [
    ['median', rank(sorted, 0.5)],
    ['p95', rank(sorted, 0.95)],
    ['worst', rank(sorted, 1)],
  ] as const;
  return name.padEnd(30) + columns.map(([word, ms]) => `${word} ${ms.toFixed(0).padStart(4)} ms`).join('   ');
}

/** Interrupts while there is sound, never in a pause between two words. */
function interrupted(page: Page): Promise<Measured> {
  return page.$eval('realtime-voice', async (element) => {
    const ear = (window as unknown as { tabEar: TabEar }).tabEar;
    await ear.loud();
    const cleared = new Promise<number>((resolve) => {
      element.addEventListener('voice-server-event', function listen({ detail }) {
        if (detail.type !== 'output_audio_buffer.cleared') return;
        element.removeEventListener('voice-server-event', listen);
        resolve(Date.now());
      });
    });
    const from = Date.now();
    element.interrupt();
    const clearedAt = await cleared;
    return { silent: (await ear.silence()) - from, cleared: clearedAt - from };
  });
}

/** What a sound that ends at once seems to take: the way from the tab's output into the recording. */
function calibrated(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const ear = (window as unknown as { tabEar: TabEar }).tabEar;
    const taken: number[] = [];
    for (let run = 0; run < 10; run++) {
      const context = new AudioContext();
      const tone = new OscillatorNode(context);
      tone.connect(context.destination);
      tone.start();
      await ear.loud();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const from = Date.now();
      tone.disconnect();
      taken.push((await ear.silence()) - from);
      await context.close();
    }
    return taken.sort((a, b) => a - b)[5]!;
  });
}
