import { expect } from '@open-wc/testing';
import { VoiceError } from '../../src/errors.js';
import type { VoiceEventMap } from '../../src/session/events.js';
import type { VoiceSessionOptions } from '../../src/session/session-options.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { openedBy } from './support/opened-by.js';
import { Practice } from './support/practice.js';

/** A session with options that no type allows, and the errors that it reports. */
class Test {
  readonly session: VoiceSession;
  readonly errors: VoiceError[] = [];
  /** Every state that the microphone had. */
  readonly microphone = new Set<string>();

  constructor(options: object) {
    this.session = new VoiceSession(options);
    this.session.addEventListener('voice-error', ({ detail }) => this.errors.push(detail.error));
    this.session.addEventListener('change', () => this.microphone.add(this.session.microphone));
  }

  next<Type extends keyof VoiceEventMap>(type: Type): Promise<VoiceEventMap[Type]['detail']> {
    return new Promise((resolve) =>
      this.session.addEventListener(type, (event) => resolve((event as CustomEvent).detail), { once: true }),
    );
  }

  nextOnWire(type: string): Promise<void> {
    return new Promise((resolve) =>
      this.session.addEventListener('voice-server-event', ({ detail }) => detail.type === type && resolve()),
    );
  }

  /** The start fails with one error, which names the option. */
  async fails(name: string, microphone = false): Promise<void> {
    const reason = await this.session.start({ microphone }).catch((error: unknown) => error);
    expect(reason).to.be.instanceOf(VoiceError);
    expect(this.errors).to.deep.equal([reason]);
    this.hasReported(name);
    expect(this.session.state).to.equal('failed');
  }

  hasReported(name: string): void {
    expect(this.errors.map(({ code, retriable }) => [code, retriable])).to.deep.equal([['configuration', false]]);
    expect(this.errors[0]!.message).to.match(RegExp(`^${name}\\b`));
  }
}

const circular: Record<string, unknown> = {};
circular['itself'] = circular;
const huge = { instructions: 'x'.repeat(400_000) };

describe('a start with', function () {
  this.timeout(30_000);
  let practice: Practice;
  let test: Test;
  before(async () => {
    practice = await Practice.find('wrong-options');
  });
  afterEach(() => test.session.stop());
  const begin = (options: object): Test => (test = new Test(options));
  const called = async (options: VoiceSessionOptions = {}): Promise<VoiceSession> => {
    const { session } = begin({ ...practice.options, ...options });
    await session.start({ microphone: false });
    return session;
  };

  for (const name of ['tokenUrl', 'callsUrl', 'sessionUrl'])
    for (const url of ['http://[', 'https://user:password@shop.example/'])
      it(`${name} ${url} fails before the microphone is asked for`, async () => {
        await begin({ tokenUrl: '/token', [name]: url }).fails(name, true);
        expect([...test.microphone]).to.deep.equal(['off']);
        expect(test.errors[0]!.message).not.to.contain('password');
      });

  for (const initialTranscript of ['words', {}, [5], [{ role: 'system', text: 'Hi' }], [{ role: 'user', text: ' ' }]])
    it(`initialTranscript ${JSON.stringify(initialTranscript)} says what it is to be`, async () => {
      await begin({ ...practice.options, initialTranscript }).fails('initialTranscript');
    });

  for (const requestInit of ['abc', () => 5, () => ({ headers: 5 }), async () => ({ body: { captcha: 1 } })])
    for (const endpoint of ['tokenUrl', 'sessionUrl'])
      it(`${endpoint} and requestInit ${String(requestInit)} says what requestInit is to be`, async () => {
        await begin({ [endpoint]: '/voice', requestInit }).fails('requestInit');
      });

  it('tokenSource 5 says what tokenSource is to be', async () => {
    await begin({ tokenSource: 5 }).fails('tokenSource');
  });

  for (const [what, initialSession] of Object.entries({
    'a circle': circular,
    'a BigInt': { max_output_tokens: 5n },
    'a text': 'abc',
    'a number': 5,
    'a list': [],
    'a function': () => ({}),
  }))
    it(`${what} as initialSession fails before the microphone is asked for`, async () => {
      await begin({ ...practice.options, initialSession }).fails('initialSession', true);
      expect([...test.microphone]).to.deep.equal(['off']);
    });

  it('more in initialSession than a message carries fails, also when the connection was made ahead', async () => {
    await begin({ ...practice.options, initialSession: huge }).fails('initialSession');
    const { session } = begin({ ...practice.options, initialSession: huge });
    await openedBy(() => session.press()).connect();
    await test.fails('initialSession');
  });

  it('tools that are no JSON fails', async () => {
    const tools = [{ name: 'pay', parameters: { maximum: 5n } }];
    await begin({ ...practice.options, tools }).fails('initialSession and tools');
  });

  for (const [what, changes] of Object.entries({
    'initialSession that is a circle': { initialSession: circular },
    'more in initialSession than a message carries': { initialSession: huge },
    'more in tools than a message carries': {
      tools: [{ name: 'pay', parameters: { description: huge.instructions } }],
    },
  }))
    it(`in order, and later ${what}: it is reported once, and the call goes on as it was`, async () => {
      const session = await called({ initialSession: { instructions: 'Be brief.' } });
      session.configure(changes);
      session.configure({ muted: true });
      test.hasReported('initialSession');
      expect(session.state).to.equal('listening');
      const updated = test.nextOnWire('session.updated');
      session.configure({ pushToTalk: true });
      await updated;
      const reconnected = test.next('voice-reconnect');
      void practice.drop(session.callId!);
      await reconnected;
      expect([session.state, test.errors.length]).to.deep.equal(['listening', 1]);
      session.stop();
      test.errors.length = 0;
      await test.fails('initialSession');
    });

  it('a volume that is no number plays at full volume', async () => {
    const session = await called({ volume: NaN });
    expect([session.state, session['call']!.media.speaker.isSilenced]).to.deep.equal(['listening', false]);
  });

  it('in order, and later one mistake after another: each is reported', async () => {
    const session = await called();
    session.configure({ initialSession: circular });
    session.configure({ initialSession: huge });
    session.configure({ initialSession: { instructions: 'Be brief.' } });
    expect(test.errors.map(({ code }) => code)).to.deep.equal(['configuration', 'configuration']);
  });
});
