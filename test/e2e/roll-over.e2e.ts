import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { sharedFirefox } from '../support/shared-browsers.js';
import { LiveCall } from './support/live-call.js';
import { practiceCalls, type PracticeCall } from './support/practice-calls.js';
import { callIdOf } from './support/relayed-site.js';
import { until } from './support/until.js';

/** The longest silence between the last sound in the old session and the first in the new one, in milliseconds. */
const LONGEST_GAP = 60;
const ROLL_OVERS = 2;
/** The service looks for no turns. */
const UNHEEDED = { audio: { input: { turn_detection: null } } };

let practice: PracticeProcess;
before(async () => void (practice = await startPractice(['--voice-rate', '350', '--thinking-ms', '20', '--session-seconds', '12'])));
after(() => practice?.stop());

/** Its fake microphone hums without a pause, and the service does not answer: a quiet moment with sound in it. */
it('sound that runs on from one session to the next arrives without a gap', async (test) => {
  await using call = await LiveCall.begin(await sharedFirefox(), practice.url, { speaks: true, properties: { initialSession: UNHEEDED } });
  const { voice } = call;
  await call.untilHeard();
  const ids = [call.id];
  const gaps: number[] = [];
  for (let n = 0; n < ROLL_OVERS; n++) {
    const old = ids.at(-1)!;
    const id = await until('another session has taken over', () => callIdOf(voice), (now) => now !== undefined && now !== old, 30_000);
    ids.push(id!);
    const [before, after] = await until(
      'the old one has ended, and the new one hears',
      async () => (await Promise.all([old, id].map((each) => find(each!)))) as [PracticeCall, PracticeCall],
      ([before, after]) => before.state === 'closed' && after.heard.audibleFrom !== null,
    );
    gaps.push(after.heard.audibleFrom! - before.heard.audibleTo!);
  }
  test.diagnostic(`gaps of ${gaps.join(' and ')} ms (negative: both heard it)`);
  assert.ok(Math.max(...gaps) <= LONGEST_GAP, `gaps of ${gaps.join(' and ')} ms`);
  assert.deepEqual(await voice.states(), ['connecting', 'listening']);
  assert.deepEqual([await voice.failures(), await voice.events('voice-reconnect'), voice.opened.errors], [[], [], []]);
  assert.deepEqual(await voice.microphone(), { granted: 1, refused: 0 });
});

async function find(id: string): Promise<PracticeCall | undefined> {
  return (await practiceCalls(practice.url)).find((call) => call.id === id);
}
