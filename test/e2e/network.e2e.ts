import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import type { VoiceState } from '../../src/session/index.js';
import { reportFault } from '../support/fault-report.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { BROWSERS } from '../support/shared-browsers.js';
import { callIdOf, RelayedSite } from './support/relayed-site.js';
import { until } from './support/until.js';
import type { VoicePage } from './support/voice-page.js';

/** How soon audio must flow again after the network is back, in milliseconds. */
const AUDIBLE_WITHIN = 2000;

type BrowserName = 'Chromium' | 'Firefox';

interface Trial {
  readonly site: RelayedSite;
  readonly voice: VoicePage;
}

interface NetworkFault {
  readonly name: string;
  /** Causes the fault, and ends it. */
  readonly happen: (trial: Trial) => Promise<unknown>;
  /** The states meanwhile, apart from `reconnecting`. */
  readonly turns?: readonly VoiceState[];
  /** How often the visitor sees `reconnecting`: each browser detects an interruption in its own way. */
  readonly shown: Readonly<Record<BrowserName, 'never' | 'once' | 'perhaps'>>;
}

const faults: readonly NetworkFault[] = [
  {
    name: '3 s without any packet',
    happen: blackout(() => pass(3000)),
    shown: { Chromium: 'never', Firefox: 'never' },
  },
  // Chromium detects it after about 6 s; Firefox with its next consent check (RFC 7675), after about 8.5 s.
  {
    name: '8 s without any packet',
    happen: blackout(() => pass(8000)),
    shown: { Chromium: 'once', Firefox: 'perhaps' },
  },
  {
    name: 'an outage that lasts until the visitor sees it',
    happen: blackout(({ voice }) =>
      voice.untilStates('the visitor sees it', (states) => states.at(-1) === 'reconnecting'),
    ),
    shown: { Chromium: 'once', Firefox: 'once' },
  },
  {
    name: '10 s in which every fifth packet is lost, with a question and its answer',
    happen: async (trial) => {
      const { relay } = trial.site;
      relay.loss(20);
      await Promise.all([pass(10_000), askAndWait(trial)]);
      relay.loss(0);
    },
    turns: ['thinking', 'speaking', 'listening'],
    // One lost consent check is enough for Firefox to report an interruption.
    shown: { Chromium: 'never', Firefox: 'perhaps' },
  },
];

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

// These tests mostly wait, each with its own page and relay.
describe('a call survives', () => {
  for (const [name, launch] of BROWSERS) {
    describe(`in ${name}`, { concurrency: true }, () => {
      let browser: Browser;
      before(async () => void (browser = await launch()));

      for (const { name: fault, happen, turns = [], shown } of faults) {
        it(fault, async () => {
          await using site = await RelayedSite.open(practice.url);
          await using voice = await site.converse(browser);
          const callId = await callIdOf(voice);
          assert.ok(callId);

          await happen({ site, voice });
          await untilFlowing({ site, voice });
          await voice.untilStates('the state is listening again', (states) => states.at(-1) === 'listening');
          const states = await voice.states();
          assert.deepEqual(withoutReconnecting(states), ['connecting', 'listening', ...turns]);
          const times = states.filter((state) => state === 'reconnecting').length;
          if (shown[name] !== 'perhaps') assert.equal(times, shown[name] === 'once' ? 1 : 0, states.join(' '));

          assert.equal(await callIdOf(voice), callId);
          assert.deepEqual(site.asked, { token: 1, calls: 1 });
          assert.deepEqual(await voice.microphone(), { granted: 1, refused: 0 });
          assert.deepEqual(
            [await voice.failures(), await voice.events('voice-end'), voice.opened.errors],
            [[], [], []],
          );
          reportFault({
            fault,
            injected: 'UDP relay',
            browser: name,
            seen: times ? 'Reconnecting…' : 'nothing',
            told: times ? 'voice-state-change' : 'nothing',
            kept: 'everything, the same call',
            recovered: 'by itself',
          });
        });
      }
    });
  }
});

function blackout(lasts: (trial: Trial) => Promise<unknown>): NetworkFault['happen'] {
  return async (trial) => {
    const { relay } = trial.site;
    relay.blackout(true);
    await lasts(trial);
    const { up, down } = await trial.site.sound(trial.voice);
    await pass(500);
    assert.deepEqual(await trial.site.sound(trial.voice), { up, down }, 'no packet came through');
    relay.blackout(false);
  };
}

async function untilFlowing({ site, voice }: Trial): Promise<void> {
  const { up, down } = await site.sound(voice);
  const enough = (now: { up: number; down: number }): boolean => now.up > up + 10 && now.down > down + 10;
  await until('audio flows in both directions again', () => site.sound(voice), enough, AUDIBLE_WITHIN);
}

async function askAndWait({ voice }: Trial): Promise<void> {
  await voice.page.$eval('realtime-voice', (element) => element.sendText('Is anybody there?'));
  const over = (states: readonly VoiceState[]): boolean =>
    withoutReconnecting(states).join(' ').endsWith('speaking listening');
  await voice.untilStates('the question is answered', over, 15_000);
  const [question, answer, ...more] = await voice.transcript();
  assert.deepEqual([question!.role, question!.text, question!.status], ['user', 'Is anybody there?', 'final']);
  assert.deepEqual(
    [answer!.role, answer!.text, answer!.status],
    ['assistant', 'You typed: Is anybody there?', 'final'],
  );
  assert.equal(more.length, 0);
}

/** The states without `reconnecting`, and without the repetitions that this leaves. */
function withoutReconnecting(states: readonly VoiceState[]): VoiceState[] {
  return states.filter((state) => state !== 'reconnecting').filter((state, index, all) => state !== all[index - 1]);
}
