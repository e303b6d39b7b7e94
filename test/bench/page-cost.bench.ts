import { launchChromium } from '../support/browsers.js';
import { startPractice } from '../support/practice-process.js';
import { pageCost } from './page-cost.js';
import { machine } from './report/machine.js';
import { writePart } from './report/results.js';
import { rowTable } from './report/rows.js';

/** Measures what the element costs a page: npm run bench -- page-cost */
const practice = await startPractice();
const browser = await launchChromium();
try {
  const report = rowTable(await pageCost(browser, practice.url));
  console.log(report);
  await writePart(
    'page-cost',
    `### What the element costs the page

The limits are those that the project has set itself. Times and shares of a core are processor time, which does not grow
when the machine is busy. "Drawing" is the compositor, without a graphics card. A page that does nothing has 0.1 % or
0.2 %, for which the measurement is to blame. ${machine(await browser.version())}

${report}`,
  );
} finally {
  await browser.close();
  await practice.stop();
}
