import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { launchChromium } from '../support/browsers.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { noiseWav } from './support/noise-wav.js';
import { LayoutWatch } from './support/layout-watch.js';
import { RunningCall } from './support/running-call.js';
import { openVoicePage } from './support/voice-page.js';
import { SHAPES, wholeCall } from './support/whole-call.js';

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

describe('in a whole call everything keeps its place', () => {
  for (const [shape, attributes] of Object.entries(SHAPES)) {
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
