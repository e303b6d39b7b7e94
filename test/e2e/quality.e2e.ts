import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { timed, visibleText } from './support/running-call.js';
import { RelayedSite } from './support/relayed-site.js';
import { until } from './support/until.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

describe('a visitor in Chromium whose connection loses every fifth packet', () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));

  it('sees that the connection is weak, and later that it is good again', async () => {
    await using site = await RelayedSite.open(practice.url);
    await using voice = await site.converse(browser);
    const quality = (): Promise<string[]> => voice.detailsOf('voice-quality', 'quality');
    assert.doesNotMatch(await visibleText(voice), /weak/);
    site.relay.loss(20);
    const noticed = await timed(() => until('voice-quality reports poor', quality, ({ length }) => length === 1, 8000));
    const [loss] = await voice.detailsOf<number>('voice-quality', 'lossPercent');
    assert.ok(loss! > 1 && loss! < 60, `${loss} %`);
    const seen = await visibleText(voice);
    assert.match(seen, / · The connection is weak/);
    site.relay.loss(0);
    // The service reports its losses only about every five seconds; then five good readings in a row are needed.
    const again = await timed(() => until('voice-quality reports good', quality, ({ length }) => length === 2, 25_000));
    assert.deepEqual(await quality(), ['poor', 'good']);
    assert.doesNotMatch(await visibleText(voice), /weak/);
    assert.deepEqual([await voice.failures(), voice.opened.errors], [[], []]);
    reportFault({
      fault: 'the connection is weak',
      injected: 'network, every fifth packet lost',
      browser: 'Chromium',
      seen,
      told: `voice-quality poor after ${noticed}`,
      kept: 'the call',
      recovered: `voice-quality good after ${again}`,
    });
  });
});
