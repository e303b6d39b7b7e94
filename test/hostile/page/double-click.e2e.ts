import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { RunningCall } from '../../e2e/support/running-call.js';
import { TOKEN_PATH } from '../../e2e/support/site.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';

const SHAPES: readonly Readonly<Record<string, string>>[] = [
  {},
  { variant: 'compact' },
  { 'no-transcript': '', 'no-text-input': '' },
  { variant: 'floating', open: '' },
];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  for (const shape of SHAPES) {
    it(`a double click on End starts no other call in ${name}, ${JSON.stringify(shape)}`, async () => {
      await using call = await RunningCall.begin(await launch(), practice.url, { attributes: shape });
      const { voice } = call;
      await voice.page.bringToFront();
      const end = (await voice.page.$('realtime-voice >>> [part="end-button"]'))!;
      await end.click({ count: 2 });
      assert.deepEqual(await voice.states(), ['connecting', 'listening', 'idle']);
      assert.equal(voice.opened.requests.filter(({ url }) => url.endsWith(TOKEN_PATH)).length, 1);

      await voice.press('start-button');
      await voice.untilState('listening');
    });
  }
}
