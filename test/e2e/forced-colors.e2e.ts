import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

it('with forced colours, a transcript that scrolls fades out at its upper edge, without a line', async () => {
  const look = await LookPage.open(await sharedChromium(), 'inline', { name: 'forced colours', forced: true });
  try {
    await look.show('long conversation');
    const edge = await look.page.$eval('scripted-voice', ({ shadowRoot }) => {
      const log = shadowRoot!.querySelector('.log')!;
      const { maskImage, borderTopStyle, borderTopWidth } = getComputedStyle(log);
      const isForced = matchMedia('(forced-colors: active)').matches && log.hasAttribute('data-above');
      return [isForced, maskImage.includes('gradient'), borderTopStyle, borderTopWidth];
    });
    assert.deepEqual(edge, [true, true, 'none', '0px']);
  } finally {
    await look.close();
  }
});
