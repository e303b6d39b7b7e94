import { after, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../../support/browsers.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { noiseWav } from './noise-wav.js';

/** A practice server and a Chromium in a quiet room, for the tests of a file. `options` are more of the server. */
export function useQuietRoom(...options: readonly string[]): { practice: PracticeProcess; chromium: Browser } {
  const room = {} as { practice: PracticeProcess; chromium: Browser };
  before(async () => {
    room.practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20', ...options]);
    // The beeps of the built-in microphone would cause a warning, which the visitor has to answer.
    room.chromium = await launchChromium({ wav: noiseWav(0.002, 60), loop: true });
  });
  after(async () => {
    await room.chromium?.close();
    await room.practice?.stop();
  });
  return room;
}
