import { expect, waitUntil } from '@open-wc/testing';
import type { Signal } from '../../../src/protocol/signals.js';
import type { Connection } from '../../../src/session/connection/connection.js';
import { ConnectionAhead } from '../../../src/session/connection/connection-ahead.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { openedBy } from '../support/opened-by.js';
import { Practice } from '../support/practice.js';

/** A connection ahead, with what it has cost. */
class Test {
  readonly ahead = new ConnectionAhead(() => (this.unused += 1));
  readonly options: VoiceSessionOptions;
  secrets = 0;
  unused = 0;
  #taken: Connection | undefined;

  constructor(practice: Practice, options: VoiceSessionOptions = {}) {
    const tokenSource = () => ((this.secrets += 1), practice.mint());
    this.options = { ...practice.options, tokenSource, ...options };
  }

  take(options = this.options): Connection {
    return (this.#taken = this.ahead.take(options));
  }

  close(): void {
    this.ahead.discard();
    this.#taken?.close();
  }
}

/** Opens a connection and returns the signals that it had kept. */
async function kept(connection: Connection): Promise<Signal['type'][]> {
  const signals: Signal['type'][] = [];
  const opening = connection.open({
    event: () => {},
    signal: ({ type }) => void signals.push(type),
    linkChanged: () => {},
  });
  const early = [...signals];
  await opening;
  return early;
}

describe('a connection ahead', () => {
  let practice: Practice;
  let test: Test;
  before(async () => {
    practice = await Practice.find('ahead');
  });
  afterEach(() => test.close());
  const begin = (options?: VoiceSessionOptions): Test => (test = new Test(practice, options));

  it('that is prepared has its secret and its offer, and has called nobody', async () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'prepared');
    const connection = test.take();
    const [, offer] = await connection.prepare();
    expect([offer.startsWith('v=0'), connection.isAnswered, test.secrets]).to.deep.equal([true, false, 1]);
  });

  it('that is pressed opens, and keeps what it hears for the call', async () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'prepared');
    ahead.advance(options, 'pressed');
    const connection = test.take();
    await connection.connect();
    expect(await kept(connection)).to.deep.equal(['session-opened']);
    expect([test.secrets, test.unused]).to.deep.equal([1, 0]);
  });

  it('is taken once', async () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'pressed');
    const connection = test.take();
    const other = ahead.take(options);
    expect(other).not.to.equal(connection);
    other.close();
  });

  it('is released only if the press has opened it', () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'prepared');
    ahead.release();
    expect(test.unused).to.equal(0);
    ahead.advance(options, 'pressed');
    ahead.release();
    expect(test.unused).to.equal(1);
    ahead.advance(options, 'pressed');
    ahead.release();
    expect([test.secrets, test.unused], 'one in a minute').to.deep.equal([1, 1]);
  });

  it('is not used for other options that it is made with, and for all others it is', () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'pressed');
    ahead.optionsChanged({ ...options, muted: true, volume: 0.5, greet: true, tools: [], inputDeviceId: 'any' });
    expect(test.unused).to.equal(0);
    ahead.optionsChanged({ ...options, callsUrl: `${practice.callsUrl}?other` });
    expect(test.unused).to.equal(1);
  });

  it('is hung up when the page is left', () => {
    const { ahead, options } = begin();
    ahead.advance(options, 'pressed');
    window.dispatchEvent(new Event('pagehide'));
    expect(test.unused).to.equal(1);
    window.dispatchEvent(new Event('pagehide'));
    expect(test.unused).to.equal(1);
  });

  it('that is lost is not used', async () => {
    const { ahead, options } = begin();
    const connection = openedBy(() => ahead.advance(options, 'pressed'));
    await connection.connect();
    await practice.drop(connection.callId!);
    await waitUntil(() => !connection.isIntact);
    expect(test.take()).not.to.equal(connection);
    expect(test.unused).to.equal(1);
  });

  it('that fails is forgotten in silence', async () => {
    const failing = new Error('No.');
    const { ahead, options } = begin({ tokenSource: () => Promise.reject(failing) });
    const connection = openedBy(() => ahead.advance(options, 'pressed'));
    await connection.connect().catch(() => {});
    expect(test.take()).not.to.equal(connection);
  });

  it('is made ready at most twice in a page, and for no visitor who saves data', () => {
    const opened = (connection?: { saveData: boolean }): boolean => {
      const { ahead, options } = begin({ preconnect: true });
      if (connection) Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
      ahead.advance(options, 'preconnected');
      if (connection) Reflect.deleteProperty(navigator, 'connection');
      ahead.release();
      ahead.discard();
      return test.unused === 1;
    };
    expect([opened({ saveData: true }), opened(), opened({ saveData: false }), opened()]).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
    const { ahead, options } = begin({ preconnect: true });
    ahead.advance(options, 'preconnected');
    ahead.advance(options, 'pressed');
    ahead.release();
    expect(test.unused, 'a press still opens one').to.equal(1);
  });
});
