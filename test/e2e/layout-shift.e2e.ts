import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { launchChromium } from '../support/browsers.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { noiseWav } from './support/noise-wav.js';
import { LayoutWatch } from './support/layout-watch.js';
import { RunningCall } from './support/running-call.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  inline: {},
  'inline with all of the end': { 'handover-label': 'Talk to a person', 'collect-feedback': '' },
  compact: { variant: 'compact' },
  floating: { variant: 'floating', open: '' },
};
const WINDOWS = { 'on a desktop': [1200, 900], 'on a phone': [390, 844] } as const;

let practice: PracticeProcess;
let chromium: Browser;
before(async () => {
  practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20']);
  // A quiet room: the beeps of the built-in microphone would cause a warning, which the visitor has to answer.
  chromium = await launchChromium({ wav: noiseWav(0.002, 60), loop: true });
});
after(async () => {
  await chromium?.close();
  await practice?.stop();
});

/** Starts, is answered, lets tools run, one after a question, interrupts, mutes and unmutes, and hangs up. */
async function wholeCall(voice: VoicePage): Promise<void> {
  await declareTools(voice);
  await voice.press('start-button');
  await voice.untilState('listening');
  await say(voice, 'hello', 'speaking listening');
  await say(voice, 'two tools', 'thinking');
  await until('a tool asks', () =>
    voice.page.$eval('realtime-voice', ({ shadowRoot }) => !!shadowRoot!.querySelector('[part~="accept-button"]')),
  );
  await voice.press('accept-button');
  await voice.untilState('speaking');
  await voice.untilState('listening');
  await say(voice, 'long story', 'speaking');
  await voice.press('interrupt-button');
  await voice.untilState('listening');
  await voice.press('mute-button');
  await voice.press('mute-button');
  await say(voice, 'hello', 'speaking listening');
  await voice.press('end-button');
  await voice.untilState('idle');
}

/** The second one asks first. */
function declareTools({ page }: VoicePage): Promise<void> {
  return page.$eval('realtime-voice', (element) => {
    const parameters = { type: 'object', properties: { amount: { type: 'number' }, currency: { type: 'string' } } };
    const look = { name: 'check_stock', parameters, execute: () => 'Two are left.' };
    const pay = { name: 'pay', parameters, confirm: 'Pay 12.00 €?', execute: () => 'Paid.' };
    element.tools = [look, pay];
  });
}

async function say(voice: VoicePage, text: string, ends: string): Promise<void> {
  const { length } = await voice.states();
  await voice.page.$eval('realtime-voice', (element, text) => element.sendText(text), text);
  await voice.untilStates(`“${text}” leads to ${ends}`, (states) => states.slice(length).join(' ').endsWith(ends));
}

describe('in a whole call nothing moves', () => {
  for (const [shape, attributes] of Object.entries(SHAPES)) {
    for (const [where, [width, height]] of Object.entries(WINDOWS)) {
      it(`${shape}, ${where}: the layout shift is 0, with and without input`, async () => {
        const options = RunningCall.page(practice.url, { attributes: { ...attributes, muted: '' } });
        await using voice = await openVoicePage(chromium, options);
        await voice.page.setViewport({ width, height });
        const watch = await LayoutWatch.of(voice.page);
        await wholeCall(voice);
        assert.deepEqual(await watch.shifts(), { withInput: [], withoutInput: [] });
      });
    }

    for (const name of ['Chromium', 'Firefox']) {
      it(`${shape} in ${name}: the card and its controls keep their places`, async () => {
        const options = RunningCall.page(practice.url, { attributes: { ...attributes, muted: '' } });
        await using voice = await openVoicePage(name === 'Chromium' ? chromium : await sharedFirefox(), options);
        // Room for the whole card: a press on what is out of view scrolls the page.
        await voice.page.setViewport({ width: 800, height: 900 });
        const watch = await LayoutWatch.of(voice.page);
        await wholeCall(voice);
        const places = await watch.places();
        const states = new Set(places.map(({ state }) => state));
        for (const state of ['idle', 'connecting', 'listening', 'speaking']) assert.ok(states.has(state), state);
        assert.ok(
          places.some((place) => place['accept-button']),
          'a tool asks',
        );
        for (const part of ['panel', 'status', 'mute-button', 'end-button', 'text-field', 'interrupt-button']) {
          // A question makes the pill higher, and its state is as wide as its buttons leave it room.
          const isResized = shape === 'compact' && ['panel', 'status'].includes(part);
          const shown = places.map((place) => place[part]).filter((place) => place !== undefined);
          const seen = isResized ? shown.map((place) => place.split(' ', 2).join(' ')) : shown;
          if (shape !== 'compact' || part !== 'text-field') assert.ok(seen.length > 0, `${part} was seen`);
          assert.equal(new Set(seen).size <= 1, true, `${part}: ${[...new Set(seen)].join(' | ')}`);
        }
      });
    }
  }
});
