import { expect } from '@open-wc/testing';
import type { ConsentDetail } from '../../../src/element/notices/consent-event.js';
import { button, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

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
    expect(mounted.element.shadowRoot!.activeElement!.textContent!.trim()).to.equal('Accept');
    await expectAccessible(mounted);
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
