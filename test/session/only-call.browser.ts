import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { RealtimeVoiceElement } from '../../src/element/realtime-voice.js';
import type { EndDetail } from '../../src/session/events.js';
import { VoiceSession } from '../../src/session/voice-session.js';
import { Practice } from './support/practice.js';

describe('a call that another one on the page ends', function () {
  this.timeout(30_000);
  let practice: Practice;
  before(async () => {
    practice = await Practice.find('only-call');
  });

  /** How a session or an element ends its calls. */
  const endsOf = (voice: Pick<VoiceSession, 'addEventListener'>): EndDetail[] => {
    const ends: EndDetail[] = [];
    voice.addEventListener('voice-end', ({ detail }) => ends.push(detail));
    return ends;
  };

  it('is told apart from one that was stopped', async () => {
    const [first, second] = [new VoiceSession(practice.options), new VoiceSession(practice.options)];
    const [firstEnds, secondEnds] = [endsOf(first), endsOf(second)];
    await first.start({ microphone: false });
    await second.start({ microphone: false });
    expect(firstEnds.map(({ reason, elsewhere }) => [reason, elsewhere])).to.deep.equal([['stopped', true]]);
    expect([first.state, second.state, secondEnds]).to.deep.equal(['idle', 'listening', []]);

    // And back.
    await first.start({ microphone: false });
    expect(secondEnds.map(({ reason, elsewhere }) => [reason, elsewhere])).to.deep.equal([['stopped', true]]);
    first.stop();
    expect(firstEnds.map(({ elsewhere }) => elsewhere)).to.deep.equal([true, undefined]);
  });

  it('is not taken back by its own listener', async () => {
    const [first, second] = [new VoiceSession(practice.options), new VoiceSession(practice.options)];
    const [firstEnds, secondEnds] = [endsOf(first), endsOf(second)];
    await first.start({ microphone: false });
    const again: Promise<unknown>[] = [];
    for (const type of ['voice-state-change', 'voice-end'] as const)
      first.addEventListener(type, () => again.push(first.start().catch((reason: unknown) => reason)), { once: true });
    await second.start({ microphone: false });
    for (const reason of await Promise.all(again)) expect(reason).to.include({ name: 'AbortError' });
    expect([again.length, firstEnds.length, secondEnds]).to.deep.equal([2, 1, []]);
    expect([first.state, second.state]).to.deep.equal(['idle', 'listening']);
    second.stop();
  });

  it('leaves one call, although its listener starts a third one', async () => {
    const [first, second, third] = Array.from({ length: 3 }, () => new VoiceSession(practice.options)) as [
      VoiceSession,
      VoiceSession,
      VoiceSession,
    ];
    await first.start({ microphone: false });
    let last: Promise<void> | undefined;
    first.addEventListener('voice-end', () => void (last = third.start({ microphone: false })));
    const reason = await second.start({ microphone: false }).catch((error: unknown) => error);
    await last;
    expect(reason).to.include({ name: 'AbortError' });
    expect([first.state, second.state, third.state]).to.deep.equal(['idle', 'idle', 'listening']);
    third.stop();
  });

  it("leaves the browser's own controls to the other one", async () => {
    const { mediaSession } = navigator;
    const handlers = new Map<string, (() => void) | null>();
    // What the browser is told is only watched on its way.
    mediaSession.setActionHandler = (action, handler) => {
      handlers.set(action, handler && (() => handler({ action })));
      MediaSession.prototype.setActionHandler.call(mediaSession, action, handler);
    };
    try {
      const [first, second] = [new VoiceSession(practice.options), new VoiceSession(practice.options)];
      await first.start({ microphone: false });
      await second.start({ microphone: false });
      handlers.get('togglemicrophone')?.();
      expect(second.muted).to.equal(true);
      handlers.get('hangup')?.();
      expect([second.state, handlers.get('hangup')]).to.deep.equal(['idle', null]);
    } finally {
      Reflect.deleteProperty(mediaSession, 'setActionHandler');
    }
  });

  for (const [what, options] of Object.entries({
    'has nothing to call': {},
    'has an API key': { tokenSource: 'sk-proj-0123456789' },
    'has no usable URL': { tokenUrl: 'http://[' },
    'has an initialSession of a wrong form': { tokenUrl: '/token', initialSession: 'Be brief.' as never },
    'has an initialTranscript of a wrong form': { tokenUrl: '/token', initialTranscript: 'Hello' as never },
  }))
    it(`goes on if the other one ${what}`, async () => {
      const [first, second] = [new VoiceSession(practice.options), new VoiceSession(options)];
      const ends = endsOf(first);
      await first.start({ microphone: false });
      const error = await second.start({ microphone: false }).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'configuration' });
      expect([first.state, ends, second.state]).to.deep.equal(['listening', [], 'failed']);
      first.stop();
    });

  it('is ended on its card, with the reason and without a question how it was', async () => {
    const place = (): RealtimeVoiceElement => {
      const element = document.createElement('realtime-voice');
      Object.assign(element, practice.options, { collectFeedback: true });
      document.body.append(element);
      return element;
    };
    const [first, second] = [place(), place()];
    const answered = new Promise<void>((resolve) => {
      first.addEventListener('voice-transcript', ({ detail }) => detail.entry.role === 'assistant' && resolve());
    });
    await first.start({ microphone: false });
    await first.sendText('hello');
    await answered;
    await second.start({ microphone: false });
    await first.updateComplete;
    const find = (part: string): Element | null => first.shadowRoot!.querySelector(`[part~="${part}"]`);
    const stage = find('status')!.closest('.stage')!.textContent;
    expect(stage)
      .to.match(/Call ended/)
      .and.to.match(/Another call has started\./);
    expect(find('rating')).to.equal(null);

    second.stop();
    first.remove();
    second.remove();
  });
});
