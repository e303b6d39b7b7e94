import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { claimTab } from '../../src/transport/tab-claim.js';

const NAME = 'realtime-voice';

/** A tab with a call, as far as other tabs know of it. */
class Tab {
  isSuperseded = false;
  readonly #controller = new AbortController();

  constructor() {
    claimTab(this.#controller.signal, () => {
      this.isSuperseded = true;
      this.close();
    });
    tabs.push(this);
  }

  close(): void {
    this.#controller.abort();
  }
}

let tabs: Tab[] = [];
afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
  mock.restoreAll();
});
const states = (): boolean[] => tabs.map(({ isSuperseded }) => isSuperseded);
/** Messages take a moment. What must not come is waited for all the same. */
async function superseded(count: number): Promise<boolean[]> {
  const deadline = performance.now() + 5000;
  while (states().filter(Boolean).length < count && performance.now() < deadline) await pass(10);
  await pass(50);
  return states();
}

describe('a call that starts in a tab', () => {
  it('ends the one that started in another tab before', async () => {
    new Tab();
    await pass(5);
    new Tab();
    assert.deepEqual(await superseded(1), [true, false]);
    new Tab();
    assert.deepEqual(await superseded(2), [true, true, false]);
  });

  it('is one of many in the same millisecond: one is left', async () => {
    mock.method(Date, 'now', () => 1_000);
    for (let tab = 0; tab < 8; tab += 1) new Tab();
    assert.equal((await superseded(7)).filter((each) => !each).length, 1);
  });

  it('tells a tab that began to listen late', async () => {
    new Tab();
    mock.method(Date, 'now', () => 0);
    // As if it had started before, and its own news had come too late to be heard.
    new Tab();
    assert.deepEqual(await superseded(1), [false, true]);
  });

  it('tells nobody any more when it is over', async () => {
    new Tab();
    tabs[0]!.close();
    new Tab();
    assert.deepEqual(await superseded(0), [false, false]);
  });

  it('goes on where the browser has no channel or refuses it', async () => {
    const real = globalThis.BroadcastChannel;
    try {
      for (const broken of [
        undefined,
        function refused(): never {
          throw new DOMException('Denied', 'SecurityError');
        },
      ]) {
        Object.assign(globalThis, { BroadcastChannel: broken });
        new Tab();
      }
      assert.deepEqual(await superseded(0), [false, false]);
    } finally {
      Object.assign(globalThis, { BroadcastChannel: real });
    }
  });
});

describe('what is written into the channel by others', () => {
  const hostile: readonly unknown[] = [
    null,
    undefined,
    0,
    -1,
    'startedAt',
    true,
    [],
    {},
    new Date(),
    { startedAt: 'later' },
    { startedAt: NaN },
    { startedAt: Infinity },
    { startedAt: null },
    { startedAt: [Number.MAX_VALUE] },
    { startedAt: 0 },
    { startedAt: -1 },
    { at: Number.MAX_VALUE, id: 'x' },
    new Map([['startedAt', Number.MAX_VALUE]]),
    'x'.repeat(1_000_000),
  ];
  for (const [index, message] of hostile.entries()) {
    it(`ends no call: ${index} ${JSON.stringify(message)?.slice(0, 60)}`, async () => {
      new Tab();
      const channel = new BroadcastChannel(NAME);
      channel.postMessage(message);
      assert.deepEqual(await superseded(0), [false]);
      channel.close();
    });
  }
});
