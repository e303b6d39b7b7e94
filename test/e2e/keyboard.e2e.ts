import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { untilItCounts } from '../support/until-it-counts.js';
import { RunningCall } from './support/running-call.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20'])));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  it(`a whole call works by keyboard in ${name}, and each finished turn is announced once`, async () => {
    const attributes = { variant: 'floating', label: 'Ask us', muted: '' };
    await using voice = await openVoicePage(await launch(), RunningCall.page(practice.url, { attributes }));
    const { keyboard } = voice.page;
    await voice.page.evaluate(countAnnouncements);

    await tabTo(voice, 'launcher');
    await keyboard.press('Enter');
    await until(
      'the panel is open',
      () => focused(voice),
      (part) => part === 'start-button',
    );
    await untilItCounts();
    await keyboard.press('Enter');
    await voice.untilState('listening');
    assert.equal(await focused(voice), 'mute-button');
    await keyboard.down('Shift');
    await tabTo(voice, 'text-field');
    await keyboard.up('Shift');
    await keyboard.type('hello');
    await keyboard.press('Enter');
    await until(
      'the question is answered',
      () => voice.states(),
      (states) => states.includes('speaking') && states.at(-1) === 'listening',
    );

    await tabTo(voice, 'mute-button');
    await keyboard.press(' ');
    assert.equal(await voice.page.$eval('realtime-voice', ({ muted }) => muted), false);
    await keyboard.press('Escape');
    await until(
      'the panel is closed',
      () => focused(voice),
      (part) => part === 'launcher',
    );
    assert.equal(await voice.state(), 'listening', 'the call goes on');
    assert.match(
      await voice.page.$eval('realtime-voice >>> [part="launcher"]', ({ textContent }) => textContent!),
      /Listening/,
    );

    await keyboard.press('Enter');
    await tabTo(voice, 'end-button');
    await keyboard.press('Enter');
    await voice.untilState('idle');
    assert.deepEqual(
      (await voice.events('voice-end')).map(({ detail }) => detail['reason']),
      ['stopped'],
    );
    const announced = await voice.page.evaluate(() => (window as unknown as { announced: string[] }).announced);
    assert.deepEqual(
      announced.slice(0, 2).map((line) => line.slice(0, 8)),
      ['Youhello', 'Assistan'],
    );
    assert.equal(announced.length, (await voice.transcript()).length, announced.join(' | '));
    assert.deepEqual([await voice.failures(), voice.opened.errors, voice.opened.console], [[], [], []]);
  });
}

/** The part that has the focus. */
function focused({ page }: VoicePage): Promise<string | null | undefined> {
  return page.evaluate(() => document.querySelector('realtime-voice')!.shadowRoot!.activeElement?.getAttribute('part'));
}

/** Presses Tab until a part has the focus. After the last part, Firefox leaves the page. */
async function tabTo(voice: VoicePage, part: string): Promise<void> {
  const { keyboard } = voice.page;
  for (let presses = 0; presses < 20 && (await focused(voice)) !== part; presses++) await keyboard.press('Tab');
  if ((await focused(voice)) === part) return;
  assert.fail(`${part} is not reached by Tab`);
}

/** Runs in the page: records the lines that are added to the live log and are not hidden, each once. */
function countAnnouncements(): void {
  const announced: string[] = [];
  Object.assign(window, { announced });
  const heard = new Set<Element>();
  const root = document.querySelector('realtime-voice')!.shadowRoot!;
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (!(target as Element).closest('[role=log]')) continue;
      // The first line of a group arrives together with its group.
      const elements = [...addedNodes].filter((node) => node instanceof Element);
      const lines = elements.flatMap((element) => (element.matches('.group') ? [...element.children] : [element]));
      for (const line of lines) {
        if (!line.matches('.entry') || heard.has(line) || line.ariaHidden === 'true') continue;
        heard.add(line);
        announced.push(line.textContent!.trim());
      }
    }
  }).observe(root, { childList: true, subtree: true });
}
