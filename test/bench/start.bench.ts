import { mkdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launchChromium, launchFirefox } from '../support/browsers.js';
import { startPractice } from '../support/practice-process.js';
import { machine, versionOf } from './report/machine.js';
import { writePart } from './report/results.js';
import { CONTENDERS, type Contender } from './start/contender.js';
import { measure, type Times } from './start/measure.js';
import { BenchSite, type Delays } from './start/site.js';
import { startChart, startReport } from './start/start-report.js';

/**
 * Measures how long a call takes from the visitor's click until it is ready, beside other ways to start one:
 * npm run bench -- start [--runs 15] [--token 200] [--sdp 300] [--round-trip 50] [--prompt 0,800] [--pass 1,2]
 */
const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: {
    /** How often each contender is measured. */
    runs: text('15'),
    token: text('200'),
    sdp: text('300'),
    'round-trip': text('50'),
    /** How long the visitor takes to allow the microphone; one part of the results for each. */
    prompt: text('0,800'),
    /** The results compare two passes. One of them can be repeated alone. */
    pass: text('1,2'),
    /** `firefox`, without writing the results. */
    browser: text('chromium'),
    /** Measures only these contenders, without writing the results. */
    only: text(''),
  },
});
const numbers = (list: string): number[] => list.split(',').map(Number);
const runs = Number(values.runs);
const delays: Delays = {
  token: Number(values.token),
  sdp: Number(values.sdp),
  roundTrip: Number(values['round-trip']),
};
const CACHE = 'test/report/bench';

const isFirefox = values.browser === 'firefox';
const browser = await (isFirefox ? launchFirefox() : launchChromium());
const contenders = chosen();
const practice = await startPractice();
const site = await BenchSite.open(practice.url, delays, contenders);
try {
  for (const promptMs of numbers(values.prompt)) {
    for (const pass of numbers(values.pass)) {
      const times = await measure(browser, { site, contenders, runs, promptMs });
      console.log(startReport(contenders, [times]));
      if (values.only || isFirefox) continue;
      keep(promptMs, pass, times);
      await writeResults(promptMs, await browser.version());
    }
  }
} finally {
  await browser.close();
  await site.close();
  await practice.stop();
}

/** The first contender, and those that were asked for. */
function chosen(): readonly Contender[] {
  const only = values.only.split(',');
  return values.only ? CONTENDERS.filter(({ name }, index) => index === 0 || only.includes(name)) : CONTENDERS;
}

function fileOf(promptMs: number, pass: number): string {
  return `${CACHE}/start-${promptMs}-${pass}.json`;
}

function keep(promptMs: number, pass: number, times: Times): void {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(fileOf(promptMs, pass), JSON.stringify({ delays, times }));
}

/** Both passes, if they were measured with the same delays. */
function kept(promptMs: number): Times[] {
  return [1, 2].flatMap((pass) => {
    const file = fileOf(promptMs, pass);
    if (!existsSync(file)) return [];
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { delays: Delays; times: Times };
    return JSON.stringify(saved.delays) === JSON.stringify(delays) ? [saved.times] : [];
  });
}

async function writeResults(promptMs: number, browserVersion: string): Promise<void> {
  const passes = kept(promptMs);
  const picture = `start-${promptMs}.svg`;
  const title = promptMs ? `the visitor allows the microphone after ${promptMs} ms` : 'the microphone is allowed';
  writeFileSync(`test/bench/${picture}`, startChart(`From the click to the call: ${title}`, contenders, passes[0]!));
  const { token, sdp, roundTrip } = delays;
  const count = passes.map((times) => times[contenders[0]!.name]!.length).join(' and ');
  const packages = ['@openai/agents-realtime', 'deep-chat'].map(versionOf);
  await writePart(
    `start ${promptMs}`,
    `### Start: ${title}

Token after ${token} ms, SDP answer after ${sdp} ms, round trip ${roundTrip} ms. Each contender was measured ${count} times.
${machine(browserVersion, ...packages)}

![${title}](${picture})

${startReport(contenders, passes)}`,
  );
}
