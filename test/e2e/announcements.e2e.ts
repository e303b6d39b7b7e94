import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { recordAnnouncements } from '../support/live-regions.js';
import { startFaultServer, type Answer, type FaultServer } from '../support/http-faults.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { useQuietRoom } from './support/quiet-room.js';
import { issueSecret } from './support/site.js';
import { until } from './support/until.js';
import { openVoicePage, type VoicePage } from './support/voice-page.js';

const ALLOW = 'polite: Allow the microphone. Your browser is asking. Choose “Allow” to be heard.';
const STORY = /^log: Assistant All right, a long story.* cut off$/s;

const room = useQuietRoom('--lead-ms', '20000');
let server: FaultServer;
before(async () => void (server = await startFaultServer()));
after(() => server?.close());

/** What the page shares with the test. */
interface Heard {
  said: string[];
  finishTool(): void;
}

for (const name of ['Chromium', 'Firefox']) {
  it(`a whole call in ${name} is announced in one order, each thing once`, async () => {
    const attributes = {
      'token-url': `${server.url}/token`,
      'calls-url': `${room.practice.url}/v1/realtime/calls`,
      muted: '',
    };
    await using voice = await openVoicePage(name === 'Chromium' ? room.chromium : await sharedFirefox(), {
      attributes,
    });
    let giveSecret!: (answer: Answer) => void;
    const secret = new Promise<Answer>((resolve) => (giveSecret = resolve));
    server.answer('/token', () => secret);
    await voice.page.evaluate(`window.said = (${recordAnnouncements})(document.querySelector('realtime-voice'))`);
    await voice.page.$eval('realtime-voice', (element) => {
      const execute = (): Promise<string> =>
        new Promise((resolve) => Object.assign(window, { finishTool: () => resolve('moss is shown') }));
      const parameters = { type: 'object', properties: { fabric: { enum: ['moss'] } } };
      element.tools = [{ name: 'show_fabric', confirm: 'Show it?', parameters, execute }];
    });
    const script: string[] = [];
    /** Waits until this is announced, and notes everything that was announced until then. */
    const then = async (line: string | RegExp): Promise<void> => {
      const isLine = (said: string): boolean => (typeof line === 'string' ? said === line : line.test(said));
      script.push(
        ...(await until(
          `${line} is announced`,
          () => said(voice),
          (all) => all.some(isLine),
        )),
      );
      await voice.page.evaluate(() => void ((window as unknown as Heard).said.length = 0));
    };
    const say = (text: string): Promise<void> =>
      voice.page.$eval('realtime-voice', (element, text) => void element.sendText(text), text);

    await voice.page.$eval('realtime-voice', (element) => void element.start().catch(() => {}));
    await then(ALLOW);
    await then('polite: Connecting…');
    giveSecret(await issueSecret(room.practice.url)());
    await then('polite: Microphone muted');
    await say('tool');
    await then('log: You tool');
    await then('polite: Show it? fabric: moss');
    await voice.press('accept-button');
    await then('polite: Working on it: show fabric');
    await voice.page.evaluate(() => (window as unknown as Heard).finishTool());
    await then('log: Assistant The tool show fabric answered: moss is shown.');
    await say('long story');
    await then('log: You long story');
    await until(
      'the words are complete, and their sound is not',
      () => voice.page.$eval('realtime-voice', ({ state, transcript }) => `${state} ${transcript.at(-1)!.status}`),
      (now) => now === 'speaking final',
    );
    // Too short for the service to hear anything.
    await voice.page.$eval('realtime-voice', async (element) => {
      element.muted = false;
      await element.updateComplete;
      element.muted = true;
    });
    await then('polite: Microphone muted');
    await voice.page.$eval('realtime-voice', (element) => element.interrupt());
    await then(STORY);
    await voice.page.$eval('realtime-voice', (element) => element.stop());
    await then(/^polite: Call ended\. \d/);
    server.answer('/token', { status: 401 });
    await voice.page.$eval('realtime-voice', (element) => void element.start({ microphone: false }).catch(() => {}));
    await then(/^alert: /);

    const [story, ended, last] = script.splice(-3);
    assert.deepEqual(script, [
      ALLOW,
      'polite: Connecting…',
      'polite: Microphone muted',
      'log: You tool',
      'polite: Show it? fabric: moss',
      'polite: Working on it: show fabric',
      'log: Assistant The tool show fabric answered: moss is shown.',
      'log: You long story',
      'polite: Microphone on',
      'polite: Microphone muted',
    ]);
    assert.match(story!, STORY);
    assert.match(ended!, /^polite: Call ended\. \d/);
    assert.equal(
      last,
      'alert: Please sign in to talk to the assistant. If you are signed in already, reload this page.',
    );
    for (const heard of [...script, story!, ended!, last!]) assert.ok(isInGuide(heard), `the guide lists: ${heard}`);
    assert.deepEqual(voice.opened.errors, []);
  });
}

function said({ page }: VoicePage): Promise<string[]> {
  return page.evaluate(() => [...(window as unknown as Heard).said]);
}

/** Whether the guide's table has a row for this, with its first words, or with words that only the call knows. */
function isInGuide(heard: string): boolean {
  const kind = /^\w+/.exec(heard)![0].replace('log', 'the log');
  const said = heard.slice(heard.indexOf(': ') + 2);
  const table = readFileSync('docs/guide/accessibility.md', 'utf8').split('| when ')[1]!.split('\n\n')[0]!;
  const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  return rows.some(([, when, words, how]) => {
    const quoted = [...(words ?? '').matchAll(/“([^…”]+)/g)].map(([, text]) => text!);
    const isQuestion = when === 'a tool needs an answer' && said.includes('?');
    const isFailure = how === 'alert' && quoted.length === 0;
    return how === kind && (isQuestion || isFailure || quoted.some((text) => said.startsWith(text)));
  });
}
