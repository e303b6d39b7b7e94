import assert from 'node:assert/strict';
import { setTimeout as pass } from 'node:timers/promises';
import type { Answer } from '../../support/http-faults.js';
import type { PracticeProcess } from '../../support/practice-process.js';
import type { InterruptedCall } from './interrupted-call.js';
import { TOKEN } from './relayed-site.js';
import { until } from './until.js';

export type BrowserName = 'Chromium' | 'Firefox';

/** How soon a lost call must be back once the network is, in milliseconds. */
export const BACK_WITHIN = 3000;
const SOON = { Chromium: BACK_WITHIN, Firefox: BACK_WITHIN };
const EXPIRED = {
  type: 'error',
  error: { type: 'invalid_request_error', code: 'session_expired', message: 'Your session has expired.' },
};
/** Events of the old session, sent after it has expired. The page must ignore them. */
const LATE_EVENTS = [
  {
    type: 'conversation.item.added',
    previous_item_id: null,
    item: { id: 'ghost', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Boo!' }] },
  },
  { type: 'response.created', response: { id: 'ghost_response', status: 'in_progress' } },
];

/** A way to lose a connection. */
export interface Loss {
  readonly name: string;
  /** Whether it happens in the middle of a long answer. */
  readonly midSentence: boolean;
  /** Tested in both browsers, because they detect it differently. */
  readonly inBoth?: boolean;
  /** Loses the connection; resolves when a new one is possible. */
  readonly lose: (call: InterruptedCall, practice: PracticeProcess) => Promise<unknown>;
  /** How soon the call must go on then, in milliseconds. */
  readonly within: Readonly<Record<BrowserName, number>>;
  /** It needs its own practice server, which it restarts. */
  readonly own?: boolean;
  /** The attempt that must succeed; undefined = any. */
  readonly attempt?: number;
}

export const LOSSES: readonly Loss[] = [
  {
    name: '28 s pass without any packet',
    midSentence: false,
    inBoth: true,
    lose: async (call) => {
      call.site.relay.blackout(true);
      await pass(28_000);
      call.site.relay.blackout(false);
    },
    within: SOON,
  },
  {
    name: 'the service is killed in mid-sentence and restarted',
    midSentence: true,
    own: true,
    lose: async (_, practice) => practice.restart(),
    // The browser detects it after up to 9 s. Then the element waits 10 s for the connection to heal.
    within: { Chromium: 22_000, Firefox: 22_000 },
  },
  {
    name: 'the service reports that the session has expired, and sends further events',
    midSentence: true,
    lose: (call) => call.tell([EXPIRED, ...LATE_EVENTS]),
    within: SOON,
    attempt: 1,
  },
  {
    name: 'the service closes the channel in mid-sentence',
    midSentence: true,
    inBoth: true,
    lose: (call) => call.drop('channel'),
    within: SOON,
    attempt: 1,
  },
  {
    name: 'the service closes the peer connection',
    midSentence: false,
    lose: (call) => call.drop('peer'),
    within: SOON,
    attempt: 1,
  },
];

/** The service asks for a delay before the next attempt. */
export const RETRY_AFTER: Loss = {
  name: 'the token endpoint answers 429 with Retry-After: 2',
  midSentence: false,
  lose: async (call) => {
    let refusedAt = 0;
    const granted = new Promise<number>((resolve) => {
      const refuse = (): Answer => {
        refusedAt = performance.now();
        return { status: 429, headers: { 'retry-after': '2' } };
      };
      const grant = (): Promise<Answer> => {
        resolve(performance.now());
        return call.site.mint();
      };
      call.site.server.answer(TOKEN, refuse, grant);
    });
    await call.drop('peer');
    const waited = (await granted) - refusedAt;
    assert.ok(waited >= 2000, `a token was requested after ${waited} ms`);
  },
  within: SOON,
  attempt: 2,
};

/** The fourth attempt would come 2.7 s after the third, but coming online starts it at once. */
export const ONLINE_AGAIN: Loss = {
  name: 'the browser comes online while it waits for the fourth attempt',
  midSentence: false,
  lose: async (call) => {
    const { site, voice } = call;
    const failing = { status: 503 };
    site.server.answer(TOKEN, failing, failing, failing, site.mint);
    await call.drop('peer');
    await until(
      'three attempts have failed',
      () => site.asked.token,
      (count) => count === 4,
    );
    await voice.page.setOfflineMode(true);
    await voice.page.setOfflineMode(false);
  },
  within: { Chromium: 2000, Firefox: 2000 },
  attempt: 4,
};
