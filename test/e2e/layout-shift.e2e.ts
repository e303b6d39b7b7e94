import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { launchChromium } from '../support/browsers.js';
import { noiseWav } from './support/noise-wav.js';
import { LayoutWatch } from './support/layout-watch.js';
import { RunningCall } from './support/running-call.js';
import { openVoicePage } from './support/voice-page.js';
import { SHAPES, wholeCall } from './support/whole-call.js';

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
  }
});
