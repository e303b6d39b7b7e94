import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { RealtimeVoiceElement } from '../../src/element/realtime-voice.js';
import { VoiceError } from '../../src/errors.js';
import { openInspector, type RealtimeVoiceInspectorElement } from '../../src/inspector/index.js';
import {
  VoiceEndEvent,
  VoiceErrorEvent,
  VoiceServerEvent,
  VoiceStartEvent,
  VoiceStateChangeEvent,
  VoiceTranscriptEvent,
} from '../../src/session/events.js';

const change = (number: number): VoiceStateChangeEvent =>
  new VoiceStateChangeEvent({ state: 'listening', previousState: `${number}` as 'idle' });

describe('the inspector', () => {
  let panel: RealtimeVoiceInspectorElement;
  let voice: RealtimeVoiceElement;
  const addVoice = (root: ParentNode = document.body): RealtimeVoiceElement => {
    const added = document.createElement('realtime-voice');
    root.append(added);
    return added;
  };
  const inside = <Found extends Element = HTMLElement>(selector: string): Found[] => [
    ...panel.shadowRoot!.querySelectorAll<Found>(selector),
  ];
  const rows = async (): Promise<string[]> => {
    await panel.updateComplete;
    return inside('li').map(
      (row) => `${row.querySelector('b')!.textContent} ${row.querySelector('.what')!.textContent}`,
    );
  };
  const press = async (name: string): Promise<void> => {
    inside<HTMLButtonElement>('button')
      .find(({ textContent }) => textContent === name)!
      .click();
    await panel.updateComplete;
  };
  beforeEach(async () => {
    voice = addVoice();
    voice.id = 'shop';
    panel = openInspector();
    await panel.updateComplete;
  });
  afterEach(() => {
    panel.close();
    for (const element of document.querySelectorAll('realtime-voice')) element.remove();
  });

  it('is one panel in the top layer, which a second call focuses', async () => {
    expect(openInspector() === panel).to.equal(true);
    expect(document.querySelectorAll('realtime-voice-inspector')).to.have.length(1);
    await panel.updateComplete;
    expect(inside('.panel')[0]!.matches(':popover-open')).to.equal(true);
    expect(panel.shadowRoot!.activeElement!.className).to.equal('body');
    expect(() => openInspector({} as RealtimeVoiceElement)).to.throw(
      VoiceError,
      'openInspector(document.querySelector',
    );
  });

  it('lists the events of all elements in order, those that do not bubble too', async () => {
    const later = addVoice();
    const shadow = document.createElement('div');
    document.body.append(shadow);
    const hidden = addVoice(shadow.attachShadow({ mode: 'open' }) as unknown as ParentNode);
    voice.dispatchEvent(change(1));
    voice.dispatchEvent(new VoiceServerEvent({ type: 'session.created' }));
    later.dispatchEvent(new VoiceServerEvent({ type: 'response.done' }));
    hidden.dispatchEvent(change(2));
    hidden.dispatchEvent(new VoiceServerEvent({ type: 'found by the event before' }));
    hidden.remove();
    hidden.dispatchEvent(
      new VoiceEndEvent({ reason: 'removed', durationMs: 1234, usage: voice.usage, transcript: [] }),
    );
    const listed = await rows();
    expect(listed).to.deep.equal([
      'voice-state-change 1 → listening',
      'voice-server-event session.created',
      'voice-server-event response.done',
      'voice-state-change 2 → listening',
      'voice-server-event found by the event before',
      'voice-end removed after 1.2 s',
    ]);
    later.dispatchEvent(new VoiceServerEvent({ type: 'heard now' }));
    expect((await rows()).at(-1)).to.equal('voice-server-event heard now');
    shadow.remove();
  });

  it('hears an event also where the page stops it first, and prevents nothing itself', async () => {
    const stopping = addVoice();
    stopping.addEventListener('voice-start', (event) => event.stopImmediatePropagation());
    // The inspector finds the element now, after the page has added its listener.
    await Promise.resolve();
    const event = new VoiceStartEvent({ microphone: true });
    stopping.dispatchEvent(event);
    expect(await rows()).to.deep.equal(['voice-start microphone: true']);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('shows the detail of an event as it was', async () => {
    const entry = { id: 'i', role: 'user', text: 'Hi', status: 'final', source: 'text', createdAt: 0 } as const;
    const transcript = [entry];
    voice.dispatchEvent(new VoiceTranscriptEvent({ entry, transcript }));
    transcript.length = 0;
    expect(await rows()).to.deep.equal(['voice-transcript user (final): Hi']);
    inside<HTMLDetailsElement>('li details')[0]!.open = true;
    await new Promise((resolve) => inside('li details')[0]!.addEventListener('toggle', resolve, { once: true }));
    await panel.updateComplete;
    expect(inside('li pre')[0]!.textContent)
      .to.contain('entry:\n  id: i\n  role: user')
      .and.to.contain('transcript:\n  0:');
  });

  it('filters by type and by element', async () => {
    const other = addVoice();
    other.id = 'other';
    await Promise.resolve();
    voice.dispatchEvent(change(1));
    voice.dispatchEvent(new VoiceServerEvent({ type: 'session.created' }));
    other.dispatchEvent(change(2));
    expect(await rows()).to.have.length(3);
    inside<HTMLLabelElement>('label')
      .find(({ textContent }) => textContent === 'voice-server-event')!
      .click();
    expect(await rows()).to.deep.equal(['voice-state-change 1 → listening', 'voice-state-change 2 → listening']);
    expect(inside('.filter summary')[0]!.textContent).to.match(/^Types: (\d+) of \d+$/);
    panel.inspect(other);
    expect(await rows()).to.deep.equal(['voice-state-change 2 → listening']);
    await press('None');
    expect(await rows()).to.deep.equal([]);
    await press('All');
    panel.inspect();
    expect(await rows()).to.have.length(3);
  });

  it('pauses what it shows, goes on recording, and clears', async () => {
    voice.dispatchEvent(change(1));
    await press('Pause');
    voice.dispatchEvent(change(2));
    expect(await rows()).to.deep.equal(['voice-state-change 1 → listening']);
    expect(inside('.says')[0]!.textContent).to.contain('paused, 1 new');
    await press('Pause');
    expect(await rows()).to.have.length(2);
    await press('Clear');
    expect(await rows()).to.deep.equal([]);
    expect(inside('.empty')[0]!.textContent).to.equal('No events yet.');
  });

  it('follows new events, but leaves a row where it is when it is opened', async () => {
    const body = inside('.body')[0]!;
    const atEnd = (): boolean => body.scrollHeight - body.scrollTop - body.clientHeight < 1;
    const list = [...Array(40)].map((_, index) => ({ index, text: 'Hi' }));
    for (let number = 1; number <= 40; number++) voice.dispatchEvent(change(number));
    voice.dispatchEvent(new VoiceServerEvent({ type: 'long', list }));
    await rows();
    expect([body.scrollTop > 0, atEnd()]).to.deep.equal([true, true]);
    const before = body.scrollTop;
    const details = inside<HTMLDetailsElement>('li details').at(-1)!;
    details.open = true;
    await new Promise((resolve) => details.addEventListener('toggle', resolve, { once: true }));
    await panel.updateComplete;
    expect([body.scrollTop, atEnd()]).to.deep.equal([before, false]);
  });

  it('tells two elements with one id apart', async () => {
    const twin = addVoice();
    twin.id = voice.id;
    await Promise.resolve();
    voice.dispatchEvent(change(1));
    twin.dispatchEvent(change(2));
    panel.inspect(twin);
    expect(await rows()).to.deep.equal(['voice-state-change 2 → listening']);
    expect(new Set(inside('.facts summary b').map(({ textContent }) => textContent)).size).to.equal(2);
  });

  it('begins with an element whose call has begun, and keeps little of thousands of large events', async () => {
    panel.close();
    voice.dispatchEvent(change(1));
    panel = openInspector();
    const item = { text: 'x'.repeat(5000), audio: new Uint8Array(5000) };
    const large = { type: 'large', items: [...Array(100)].map(() => item) };
    for (let number = 0; number < 2000; number++) voice.dispatchEvent(new VoiceServerEvent(large));
    expect(await rows()).to.have.length(500);
    expect(panel.jsonLines.length).to.be.lessThan(500 * 40_000);
    expect(inside('.says')[0]!.textContent).to.contain('1500 older are gone');
  });

  it('keeps the last 500 events and says that older ones are gone', async () => {
    for (let number = 1; number <= 512; number++) voice.dispatchEvent(change(number));
    const listed = await rows();
    expect([listed.length, listed[0], listed.at(-1)]).to.deep.equal([
      500,
      'voice-state-change 13 → listening',
      'voice-state-change 512 → listening',
    ]);
    expect(inside('.says')[0]!.textContent).to.contain('only the last 500 are kept, 12 older are gone');
  });

  it('has what it shows as JSON lines', async () => {
    voice.dispatchEvent(change(1));
    voice.dispatchEvent(new VoiceErrorEvent({ error: new VoiceError('token-failed', 'No ek_0123456789 today.') }));
    const lines = panel.jsonLines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ number, element, state, type }) => [number, element, state, type])).to.deep.equal([
      [1, 'realtime-voice#shop', 'idle', 'voice-state-change'],
      [2, 'realtime-voice#shop', 'idle', 'voice-error'],
    ]);
    expect(lines[1]!['detail']).to.deep.include({
      error: { name: 'VoiceError', message: 'No *** today.', code: 'token-failed', retriable: true },
    });
    expect(Date.parse(String(lines[0]!['time']))).to.be.closeTo(Date.now(), 60_000);
  });

  it('shows version, state and settings of an element, without its secrets', async () => {
    voice.tokenSource = 'ek_of_the_page';
    voice.pushToTalk = true;
    voice.callsUrl = 'https://shop.example/calls?key=hidden-value&model=m';
    voice.dispatchEvent(change(1));
    await panel.updateComplete;
    const facts = inside('.facts pre')[0]!.textContent;
    expect(facts)
      .to.match(/version: \d+\.\d+\.\d+/)
      .and.to.contain('state: idle')
      .and.to.contain('totalTokens: 0');
    expect(facts).to.contain('tokenSource: [set]').and.to.contain('pushToTalk: true').and.to.contain('key=***&model=m');
    expect(facts).not.to.contain('idleTimeout');
    expect(panel.shadowRoot!.textContent).not.to.contain('ek_of').and.not.to.contain('hidden-value');
  });

  it('tells a screen reader nothing by itself, and new events when asked to', async () => {
    const log = inside('[role="log"]')[0]!;
    expect(log.ariaLive).to.equal('off');
    expect(inside('[role="status"]')[0]!.textContent).to.equal('');
    inside<HTMLLabelElement>('label')
      .find(({ textContent }) => textContent === 'Read aloud')!
      .click();
    await panel.updateComplete;
    expect(log.ariaLive).to.equal('polite');
    await expect(panel).to.be.accessible();
  });

  it('is resized and placed by keyboard, in both directions of text', async () => {
    const size = (): Promise<unknown> => panel.updateComplete.then(() => inside('.edge')[0]!.ariaValueNow);
    const key = (name: string): unknown =>
      inside('.edge')[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    key('ArrowUp');
    expect(await size()).to.equal('50');
    for (let times = 0; times < 20; times++) key('ArrowDown');
    expect(await size()).to.equal('20');
    const place = inside<HTMLSelectElement>('select.side')[0]!;
    place.value = 'end';
    place.dispatchEvent(new CustomEvent('change'));
    await panel.updateComplete;
    key('ArrowLeft');
    expect(await size()).to.equal('25');
    document.documentElement.dir = 'rtl';
    key('ArrowLeft');
    expect(await size()).to.equal('20');
    document.documentElement.removeAttribute('dir');
  });

  it('hears nothing any more when it is closed, and gives the focus back', async () => {
    const before = document.createElement('button');
    document.body.append(before);
    panel.close();
    before.focus();
    panel = openInspector();
    await panel.updateComplete;
    await press('Close');
    expect(document.activeElement === before).to.equal(true);
    voice.dispatchEvent(change(1));
    addVoice().dispatchEvent(change(2));
    expect([panel.isConnected, panel.jsonLines]).to.deep.equal([false, '']);
    before.remove();
  });
});
