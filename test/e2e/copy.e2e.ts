import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sharedChromium, BROWSERS } from '../support/shared-browsers.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const WORDS = 'Two are left in the Bergen store.';

for (const [name, launch] of BROWSERS) {
  it(`the transcript is copied to the clipboard in ${name}, and the card says so`, async () => {
    await using voice = await openVoicePage(await launch(), { below: '<textarea></textarea>' });
    await copy(voice);
    assert.equal(await outcome(voice), 'Copied');
    await voice.page.focus('textarea');
    await voice.page.keyboard.down('Control');
    await voice.page.keyboard.press('v');
    await voice.page.keyboard.up('Control');
    const pasted = await until('it is pasted', () => voice.page.$eval('textarea', ({ value }) => value));
    assert.equal(pasted.trim(), `Assistant: ${WORDS}`);
  });
}

// Firefox has no such permission; in plain http neither has a clipboard: see test/hostile/page/plain-http.e2e.ts.
it('where the browser refuses the clipboard, the card says that nothing was copied', async () => {
  const browser = await sharedChromium();
  const session = await browser.target().createCDPSession();
  await using voice = await openVoicePage(browser);
  const permission = { name: 'clipboard-write', allowWithoutSanitization: false };
  await session.send('Browser.setPermission', { permission, setting: 'denied', origin: voice.opened.url });
  await copy(voice);
  assert.equal(await outcome(voice), 'Not copied');
  assert.deepEqual([voice.opened.errors, voice.opened.console], [[], []]);
});

/** Chooses the first entry of the menu by keyboard, as a page may be behind another one. */
async function copy({ page }: VoicePage): Promise<void> {
  await page.$eval(
    'realtime-voice',
    async (element, text) => {
      element.initialTranscript = [{ role: 'assistant', text }];
      await element.updateComplete;
    },
    WORDS,
  );
  await page.bringToFront();
  await page.focus('realtime-voice >>> [part="menu-button"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('realtime-voice >>> [part="menu"]');
  await page.keyboard.press('Enter');
}

function outcome({ page }: VoicePage): Promise<string | undefined> {
  return until('the card says what came of it', () =>
    page.$eval('realtime-voice', ({ shadowRoot }) => shadowRoot!.querySelector('.outcome')?.textContent),
  );
}
