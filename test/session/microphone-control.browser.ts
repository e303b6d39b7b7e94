import { expect } from '@open-wc/testing';
import { Call } from '../../src/session/call.js';
import { Connection } from '../../src/session/connection/connection.js';
import { CallRecord } from '../../src/session/record/call-record.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { Practice } from './support/practice.js';
import { Prompt } from './support/prompt.js';

describe('a microphone that is asked for', function () {
  this.timeout(15_000);
  let practice: Practice;
  let prompt: Prompt;
  let session: VoiceSession;
  before(async () => {
    practice = await Practice.find('microphone-control');
  });
  beforeEach(() => {
    prompt = new Prompt();
    session = new VoiceSession(practice.options);
    session.addEventListener('voice-error', ({ detail }) => expect.fail(detail.error.message));
  });
  afterEach(() => {
    session.stop();
    prompt.close();
  });
  const states = (): string[] => prompt.tracks.map(({ readyState }) => readyState);

  it('and turned off before the visitor allows it stays off', async () => {
    await session.start({ microphone: false });
    const enabling = session.enableMicrophone();
    expect(session.microphone).to.equal('asking');
    session.disableMicrophone();
    expect(session.microphone).to.equal('off');
    await prompt.allow();
    await enabling;
    expect([session.microphone, states()]).to.deep.equal(['off', ['ended']]);
  });

  it('and turned off by a listener at once is not asked for', async () => {
    await session.start({ microphone: false });
    session.addEventListener('change', () => session.microphone === 'asking' && session.disableMicrophone());
    void prompt.allow();
    await session.enableMicrophone();
    expect([session.microphone, prompt.asked]).to.deep.equal(['off', []]);
  });

  it('in a call that has ended is not asked for', async () => {
    await session.start({ microphone: false });
    const { microphone } = session['call']!;
    session.stop();
    void prompt.allow();
    const failure: unknown = await microphone.open().catch((reason: unknown) => reason);
    expect(failure).to.include({ name: 'AbortError' });
    expect(prompt.asked).to.deep.equal([]);
  });

  it('and turned off while the call starts leaves a call in text', async () => {
    const starting = session.start();
    session.disableMicrophone();
    await starting;
    await prompt.allow();
    expect([session.state, session.microphone, states()]).to.deep.equal(['listening', 'off', ['ended']]);
  });

  it('and turned off and on again is the second one', async () => {
    await session.start({ microphone: false });
    const first = session.enableMicrophone();
    session.disableMicrophone();
    const second = session.enableMicrophone();
    await prompt.allow(2);
    await Promise.all([first, second]);
    expect([session.microphone, states().toSorted()]).to.deep.equal(['on', ['ended', 'live']]);
  });

  it('with options that change meanwhile is the one that they want in the end', async () => {
    await session.start({ microphone: false });
    const enabling = session.enableMicrophone();
    session.configure({ volume: 0.5 });
    session.configure({ audioConstraints: { echoCancellation: false } });
    await prompt.allow(2);
    await enabling;
    expect(prompt.asked.map(({ echoCancellation }) => echoCancellation)).to.deep.equal([true, false]);
    expect([session.microphone, states()]).to.deep.equal(['on', ['ended', 'live']]);
  });

  it('before the service listens and allowed after that is sent at once', async function () {
    const call = new Call(
      practice.options,
      new Connection(practice.options),
      new CallRecord(new EventTarget()),
      () => {},
    );
    try {
      const opening = call.open(false);
      const enabling = call.microphone.open();
      await opening;
      await prompt.allow();
      await enabling;
      // Where no sound is measured, nothing is ever kept back.
      if (!call.media.microphoneLevel) this.skip();
      expect(call.media.sent === call.media.microphone).to.equal(true);
    } finally {
      call.close();
    }
  });
});
