import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { keepAudio, playback } from '../../e2e/support/heard-in-page.js';
import { RunningCall, visibleText } from '../../e2e/support/running-call.js';
import { until } from '../../e2e/support/until.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

const plays = (page: Page): Promise<unknown> =>
  until(
    'it plays',
    () => playback(page),
    ({ paused, at }) => !paused && at > 0,
    3000,
  );

/** What browsers do for a headset that is unplugged, or a telephone call: the sound is paused, and nobody asked. */
function pause(page: Page, always: boolean): Promise<void> {
  return page.evaluate((always) => {
    const audio = (window as unknown as { __audios: HTMLAudioElement[] }).__audios.at(-1)!;
    Object.assign(window, { __played: 0 });
    audio.addEventListener('play', () => (window as unknown as { __played: number }).__played++);
    if (always) audio.addEventListener('playing', () => audio.pause());
    audio.pause();
  }, always);
}

for (const [name, launch] of BROWSERS) {
  it(`the sound that ${name} pauses by itself is played again`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url, { typing: true, prelude: keepAudio });
    const { page } = call.voice;
    await plays(page);
    await pause(page, false);
    await plays(page);
    await call.ask('Can I hear you?');
    assert.deepEqual(await call.warnings(), []);
  });

  it(`the sound that ${name} pauses again and again is held back, and the visitor is told`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url, { typing: true, prelude: keepAudio });
    const { page } = call.voice;
    await plays(page);
    await pause(page, true);
    await until(
      'the page is warned',
      () => call.warnings(),
      (codes) => codes.length > 0,
      3000,
    );
    assert.deepEqual(await call.warnings(), ['playback-blocked']);
    assert.match(await visibleText(call.voice), /blocked the sound/);
    const played = await page.evaluate('__played');
    assert.ok((played as number) < 5, `it was played ${String(played)} times`);
    await call.ask('Are you still there?');
    assert.equal(await page.evaluate('__played'), played);
  });

  it(`the sound that ends with its call in ${name} stays silent`, async () => {
    await using call = await RunningCall.begin(await launch(), practice.url, { typing: true, prelude: keepAudio });
    const { page } = call.voice;
    await plays(page);
    await page.$eval('realtime-voice', (element) => element.stop());
    assert.equal((await playback(page)).paused, true);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    assert.equal((await playback(page)).paused, true);
  });
}
