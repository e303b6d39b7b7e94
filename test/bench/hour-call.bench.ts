import { launchChromium } from '../support/browsers.js';
import { startPractice } from '../support/practice-process.js';
import { HOUR, hourCall } from './hour-call.js';
import { machine } from './report/machine.js';
import { writePart } from './report/results.js';
import { rowTable } from './report/rows.js';

/** Measures the heap during an hour's call, in compressed time: npm run bench -- hour */
const practice = await startPractice();
// Machine code that the browser makes of the scripts comes and goes, and is most of what the heap grows by.
const browser = await launchChromium({ args: ['--js-flags=--jitless'] });
try {
  const report = rowTable(await hourCall(browser, practice.url));
  console.log(report);
  const { turns, deltas, readings, seconds } = HOUR;
  await writePart(
    'hour-call',
    `### The heap of an hour's call

An hour is taken to have ${turns} questions and answers, ${deltas} pieces of text in each answer,
${readings.toLocaleString('en')} readings of both levels, and what the call's intervals do in ${seconds.toLocaleString('en')} seconds.
Here it passes in a minute and a half, in one real call with the practice server. The figures are of the whole page
after garbage collection: objects, nodes, styles and layout. To leave out the transcript, which grows with what is said,
the service deletes it after each quarter. The browser makes no machine code here, which comes and goes. ${machine(await browser.version())}

${report}`,
  );
} finally {
  await browser.close();
  await practice.stop();
}
