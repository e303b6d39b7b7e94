import { expect } from '@open-wc/testing';
import { VoiceError } from '../../../src/errors.js';
import type { Signal, WireEvent } from '../../../src/protocol/signals.js';
import { Connection, type LinkState } from '../../../src/session/connection/connection.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { Practice } from '../support/practice.js';

/** A connection, with what it reports. */
class Watched {
  readonly connection: Connection;
  readonly events: WireEvent[] = [];
  readonly signals: Signal[] = [];
  readonly links: LinkState[] = [];
  readonly #target = new EventTarget();

  constructor(options: VoiceSessionOptions) {
    this.connection = new Connection(options);
  }

  open(): Promise<unknown> {
    return this.connection.open({
      event: (event) => void this.events.push(event),
      signal: (signal) => {
        this.signals.push(signal);
        this.#target.dispatchEvent(new Event('report'));
      },
      linkChanged: (state) => {
        this.links.push(state);
        this.#target.dispatchEvent(new Event('report'));
      },
    });
  }

  /** Resolves when what is looked for has been reported. */
  async until(isReported: () => boolean): Promise<void> {
    while (!isReported())
      await new Promise((resolve) => this.#target.addEventListener('report', resolve, { once: true }));
  }

  has(type: Signal['type']): boolean {
    return this.signals.some((signal) => signal.type === type);
  }
}

/** Keeps the peer connections that are made from now on until the result is read. */
function keepPeers(): () => RTCPeerConnection[] {
  const original = window.RTCPeerConnection;
  const peers: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  };
  return () => {
    window.RTCPeerConnection = original;
    return peers;
  };
}

/** Counts the channels that are announced in-band, and not closed again, until the result is read. */
function countAnnouncedChannels(): () => number {
  const { prototype } = RTCPeerConnection;
  const create = prototype.createDataChannel;
  const channels: RTCDataChannel[] = [];
  prototype.createDataChannel = function (...settings) {
    const channel = create.apply(this, settings);
    channels.push(channel);
    return channel;
  };
  return () => {
    prototype.createDataChannel = create;
    return channels.filter(({ negotiated, readyState }) => !negotiated && readyState === 'open').length;
  };
}

async function failure(promise: Promise<unknown>): Promise<VoiceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(VoiceError);
  return error as VoiceError;
}

describe('a connection', () => {
  let practice: Practice;
  let watched: Watched;
  before(async () => {
    practice = await Practice.find('connection');
  });
  afterEach(() => watched.connection.close());
  const watch = (options: VoiceSessionOptions = {}): Watched =>
    (watched = new Watched({ ...practice.options, ...options }));

  it('is open when the session is announced, and carries commands and events', async () => {
    const { connection } = watch();
    await watched.open();
    expect(connection.callId).to.match(/^rtc_/);
    expect(watched.signals[0]).to.include({ type: 'session-opened', kind: 'conversation' });
    expect(watched.events[0]!.type).to.equal('session.created');
    connection.command({ type: 'say', itemId: 'item_1', role: 'user', text: 'hello' });
    connection.command({ type: 'respond' });
    await watched.until(() => watched.has('response-ended'));
    const placed = watched.signals.find((signal) => signal.type === 'item-placed');
    expect(placed).to.include({ itemId: 'item_1', text: 'hello' });
    expect(await connection.quality()).to.have.all.keys('roundTripMs', 'jitterMs', 'lossPercent');
  });

  it('sends what it was given before it was open', async () => {
    const { connection } = watch();
    connection.send({
      type: 'conversation.item.create',
      item: { id: 'early', type: 'message', role: 'user', content: [] },
    });
    await watched.open();
    await watched.until(() =>
      watched.signals.some((signal) => signal.type === 'item-placed' && signal.itemId === 'early'),
    );
  });

  it('fetches one secret and makes one offer, however often it is prepared', async () => {
    let minted = 0;
    const { connection } = watch({ tokenSource: () => ((minted += 1), practice.mint()) });
    const prepared = connection.prepare();
    expect(connection.prepare()).to.equal(prepared);
    const [secret, offer] = await prepared;
    expect(offer).to.match(/^v=0\r\n/);
    expect(secret!.value).to.match(/^ek_/);
    await watched.open();
    expect(minted).to.equal(1);
  });

  it('fetches another secret if the prepared one is about to expire', async () => {
    let minted = 0;
    watch({
      tokenSource: async () => {
        minted += 1;
        return minted === 1 ? { value: 'ek_old', expires_at: Date.now() / 1000 + 1 } : practice.mint();
      },
    });
    await watched.connection.prepare();
    await watched.open();
    expect(minted).to.equal(2);
  });

  it('goes to the calls URL that comes with the secret, unless the page has set one', async () => {
    const elsewhere = { calls_url: `${practice.url}/nowhere` };
    const tokenSource = async () => ({ ...(await practice.mint()), ...elsewhere });
    watch({ tokenSource });
    await watched.open();
    watched.connection.close();
    watch({ tokenSource, callsUrl: undefined } as VoiceSessionOptions);
    expect((await failure(watched.open())).code).to.equal('signaling-failed');
  });

  it('agrees on the channel beforehand only where the secret says so, and is open either way', async () => {
    for (const dcid of [true, false]) {
      const announced = countAnnouncedChannels();
      watch({ tokenSource: async () => ({ ...(await practice.mint()), dcid }) });
      await watched.open();
      expect(announced(), `dcid ${dcid}`).to.equal(dcid ? 0 : 1);
      watched.connection.command({ type: 'say', itemId: 'item_1', role: 'user', text: 'hello' });
      await watched.until(() => watched.has('item-placed'));
      watched.connection.close();
    }
  });

  it('uses the ICE servers that come with the secret, unless the page has set some', async () => {
    const token = { urls: 'stun:127.0.0.1:50001' };
    const page = { urls: 'stun:127.0.0.1:50002' };
    for (const [iceServers, used] of [
      [undefined, token],
      [[page], page],
      [[], undefined],
    ] as const) {
      const peers = keepPeers();
      const tokenSource = async () => ({ ...(await practice.mint()), ice_servers: [token] });
      watch({ tokenSource, ...(iceServers && { iceServers: [...iceServers] }) });
      await watched.open();
      const [server] = peers()[0]!.getConfiguration().iceServers!;
      expect([server?.urls ?? []].flat()).to.deep.equal([used?.urls ?? []].flat());
      watched.connection.close();
    }
  });

  it('fails if the browser refuses the ICE servers that come with the secret', async () => {
    for (const ice_servers of ['stun:127.0.0.1', { urls: 'stun:127.0.0.1' }, [{}], [{ urls: 'http://x' }], 7]) {
      watch({ tokenSource: async () => ({ ...(await practice.mint()), ice_servers: ice_servers as never }) });
      expect((await failure(watched.open())).code, JSON.stringify(ice_servers)).to.equal('configuration');
      watched.connection.close();
    }
  });

  it('that is opened before there is a listener tells it what it has missed, in order and once', async () => {
    const { connection } = watch();
    await connection.connect();
    expect([watched.events, watched.signals]).to.deep.equal([[], []]);
    const opening = watched.open();
    expect([watched.events[0]!.type, watched.signals[0]!.type]).to.deep.equal(['session.created', 'session-opened']);
    await opening;
    connection.command({ type: 'say', itemId: 'item_1', role: 'user', text: 'hello' });
    await watched.until(() => watched.has('item-placed'));
    expect(watched.events.filter(({ type }) => type === 'session.created').length).to.equal(1);
  });

  it('without anything to call fails before any request', async () => {
    watch({ tokenSource: undefined } as never);
    const error = await failure(watched.open());
    expect([error.code, error.retriable]).to.deep.equal(['configuration', false]);
  });

  it('fails with the code of the step that failed', async () => {
    watch({ tokenSource: () => Promise.reject(new Error('No.')) });
    expect((await failure(watched.open())).code).to.equal('token-failed');
    watched.connection.close();
    watch({ tokenSource: async () => 'ek_of_nobody' });
    expect((await failure(watched.open())).code).to.equal('token-unauthorized');
  });

  it('waits eight seconds for a secret, and then aborts the request', async () => {
    let signal: AbortSignal | undefined;
    watch({
      tokenSource: (given) => {
        signal = given;
        return new Promise<never>(() => {});
      },
    });
    const { setTimeout } = window;
    const waits: number[] = [];
    // The time limits of the page are over at once.
    window.setTimeout = ((act: () => void, ms = 0) => {
      waits.push(ms);
      return setTimeout(act, ms < 1_000 ? ms : 0);
    }) as typeof setTimeout;
    const error = await failure(watched.open()).finally(() => (window.setTimeout = setTimeout));
    expect([error.code, error.message]).to.deep.equal([
      'token-failed',
      'The token endpoint did not answer within 8 seconds.',
    ]);
    expect(waits.filter((ms) => ms >= 1_000)).to.deep.equal([8_000]);
    expect(signal!.reason).to.equal(error);
  });

  it('that is closed while it opens rejects, aborts its step and reports nothing', async () => {
    let signal: AbortSignal | undefined;
    watch({
      tokenSource: (given) => {
        signal = given;
        return new Promise<never>(() => {});
      },
    });
    const opening = watched.open().catch((reason: unknown) => reason);
    watched.connection.close();
    expect(await opening).to.include({ name: 'AbortError' });
    expect(signal!.aborted).to.equal(true);
    expect([watched.events, watched.signals, watched.links]).to.deep.equal([[], [], []]);
  });

  it('reports that it is lost', async () => {
    watch();
    await watched.open();
    await practice.drop(watched.connection.callId!);
    await watched.until(() => watched.links.includes('lost'));
  });

  it('that was closed reports nothing any more', async () => {
    const { connection } = watch();
    await watched.open();
    const before = [watched.events.length, watched.signals.length];
    connection.command({ type: 'say', itemId: 'item_1', role: 'user', text: 'hello' });
    connection.command({ type: 'respond' });
    connection.close();
    const other = new Watched(practice.options);
    await other.open();
    other.connection.close();
    expect([watched.events.length, watched.signals.length, watched.links]).to.deep.equal([...before, []]);
    expect(connection.transport.ready).to.equal(false);
  });

  it('that is closed can be read, as the watches of a call do until another one takes its place', async () => {
    const { connection } = watch();
    await watched.open();
    const { packets } = (await connection.traffic())!;
    connection.close();
    // Most browsers answer with the last statistics, or none. Firefox 140 refuses.
    for (const reading of [await connection.traffic(), await connection.quality()]) {
      expect(reading === undefined || Object.values(reading).every(Number.isFinite)).to.equal(true);
    }
    expect(packets).to.be.a('number');
  });
});
