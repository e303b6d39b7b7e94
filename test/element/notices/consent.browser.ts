import { expect } from '@open-wc/testing';
import type { ConsentDetail } from '../../../src/element/notices/consent-event.js';
import { button, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

const KEY = 'realtime-voice-consent';

describe('the consent', () => {
  let mounted: Mounted;
  let answers: ConsentDetail[];
  const mountAsking = async (version = '2'): Promise<void> => {
    mounted = await mount({ consent: version });
    answers = [];
    mounted.element.addEventListener('voice-consent', ({ detail }) => answers.push(detail));
  };
  const press = async (label: string): Promise<void> => {
    await untilItCounts();
    button(mounted, label)!.click();
    // The answer goes through promises.
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.element.updateComplete;
  };
  const started = (): boolean => mounted.session.calls.some((each) => each.startsWith('start'));
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  it('is asked for before anything is prepared, started or stored', async () => {
    await mountAsking();
    mounted.part('start-button')!.focus();
    await mounted.click('start-button');
    expect(mounted.session.calls).to.deep.equal([]);
    expect([mounted.element.state, localStorage.length]).to.deep.equal(['idle', 0]);
    expect(mounted.text('notice')).to.contain('Before you start').and.to.contain('AI assistant');
    expect(mounted.element.shadowRoot!.activeElement!.id).to.equal('question');
    await expectAccessible(mounted);
  });

  it('is still asked for when the element is moved', async () => {
    await mountAsking();
    await mounted.click('start-button');
    const place = document.createElement('div');
    document.body.append(place);
    place.append(mounted.element);
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.element.updateComplete;
    await press('Accept');
    expect([answers, started()]).to.deep.equal([[{ version: '2', accepted: true }], true]);
    place.remove();
  });

  it('is stored with its version when it is given, and the call starts', async () => {
    await mountAsking();
    await mounted.click('start-button');
    await press('Accept');
    expect(started()).to.equal(true);
    expect(answers).to.deep.equal([{ version: '2', accepted: true }]);
    expect(JSON.parse(localStorage.getItem(KEY)!)).to.equal('2');

    await mountAsking();
    await mounted.click('start-button');
    expect([started(), answers.length]).to.deep.equal([true, 0]);

    await mountAsking('3');
    await mounted.click('start-button');
    expect(started()).to.equal(false);
  });

  it('is asked for again when the page demands another version meanwhile', async () => {
    await mountAsking('1');
    await mounted.click('start-button');
    mounted.element.consent = '2';
    await press('Accept');
    expect(started()).to.equal(false);
    await press('Accept');
    expect([answers.map(({ version }) => version), started()]).to.deep.equal([['1', '2'], true]);
  });

  it('belongs to one start: another one gives the same promise, until the call is ready', async () => {
    await mountAsking();
    const start = mounted.element.start();
    expect(mounted.element.start()).to.equal(start);
    await mounted.element.updateComplete;
    await press('Accept');
    expect(mounted.element.state).to.equal('connecting');
    expect(mounted.element.start()).to.equal(start);
    mounted.session.ready();
    await start;
    expect(mounted.element.start()).to.not.equal(start);
  });

  const takenBack: Record<string, (element: Mounted['element']) => void> = {
    'stops the call': (element) => element.stop(),
    'disables the element': (element) => (element.disabled = true),
    'does not want it any more': (element) => (element.consent = undefined),
  };
  for (const [what, act] of Object.entries(takenBack)) {
    it(`is not asked for any more when the page ${what}: nothing starts, and nobody has declined`, async () => {
      await mountAsking();
      const start = mounted.element.start();
      await mounted.element.updateComplete;
      expect(button(mounted, 'Accept') !== undefined).to.equal(true);
      act(mounted.element);
      const error = await start.catch((error: DOMException) => error);
      await mounted.element.updateComplete;
      expect(button(mounted, 'Accept') === undefined).to.equal(true);
      expect([(error as DOMException).name, started(), answers.length]).to.deep.equal(['AbortError', false, 0]);
    });
  }

  it('is asked for again by a start at once after the page has stopped the call', async () => {
    await mountAsking();
    const first = mounted.element.start();
    await mounted.element.updateComplete;
    mounted.element.stop();
    const second = mounted.element.start();
    expect(await first.catch((error: DOMException) => error.name)).to.equal('AbortError');
    await mounted.element.updateComplete;
    await press('Accept');
    mounted.session.ready();
    await second;
    expect(started()).to.equal(true);
  });

  it('is asked for once for everything that waits for it', async () => {
    await mountAsking();
    void mounted.element.start();
    void mounted.element.sendText('hello');
    await mounted.element.updateComplete;
    await press('Accept');
    expect(mounted.session.calls.filter((each) => /^(start|text)/.test(each))).to.deep.equal(['start', 'text hello']);
  });

  it('is not taken back by declining a newer one', async () => {
    localStorage.setItem(KEY, '"1"');
    await mountAsking();
    await mounted.click('start-button');
    await press('Decline');
    expect(localStorage.getItem(KEY)).to.equal('"1"');
  });

  it('can be declined: nothing starts, and the next start asks again', async () => {
    await mountAsking();
    const start = mounted.element.start();
    await mounted.element.updateComplete;
    await press('Decline');
    const error = await start.catch((error: DOMException) => error);
    expect([(error as DOMException).name, started(), localStorage.length]).to.deep.equal(['AbortError', false, 0]);
    expect(answers).to.deep.equal([{ version: '2', accepted: false }]);
    expect(mounted.part('notice')).to.equal(null);
    await mounted.click('start-button');
    expect(button(mounted, 'Accept')).to.not.equal(undefined);
  });

  it('is asked for before typed words are sent too', async () => {
    await mountAsking();
    void mounted.element.sendText('Hello');
    await mounted.element.updateComplete;
    expect(mounted.session.calls).to.deep.equal([]);
    await press('Accept');
    expect(mounted.session.calls.join()).to.contain('Hello');
  });

  it('can be withdrawn, which ends the call', async () => {
    await mountAsking();
    await mounted.click('start-button');
    await press('Accept');
    mounted.session.ready();
    mounted.element.withdrawConsent();
    expect([mounted.element.state, answers.at(-1), localStorage.length]).to.deep.equal([
      'idle',
      { version: '2', accepted: false },
      0,
    ]);
  });

  it("has the page's own words, if there are any", async () => {
    await mountAsking();
    const words = document.createElement('p');
    words.slot = 'consent';
    words.textContent = 'Our own words.';
    mounted.element.append(words);
    await mounted.click('start-button');
    expect(words.assignedSlot!.name).to.equal('consent');
    expect(mounted.text('notice')).to.contain('AI assistant', 'it still says that it is an AI assistant');
  });
});
