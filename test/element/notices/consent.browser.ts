import { expect } from '@open-wc/testing';
import type { ConsentDetail } from '../../../src/element/notices/consent-event.js';
import { button, expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

const KEY = 'realtime-voice-consent';

describe('the consent', () => {
  let mounted: Mounted;
  let told: ConsentDetail[];
  const asked = async (version = '2'): Promise<void> => {
    mounted = await mount({ consent: version });
    told = [];
    mounted.element.addEventListener('voice-consent', ({ detail }) => told.push(detail));
  };
  const press = async (label: string): Promise<void> => {
    button(mounted, label)!.click();
    // The answer goes through promises.
    await new Promise((resolve) => setTimeout(resolve));
    await mounted.element.updateComplete;
  };
  const begun = (): boolean => mounted.session.asked.some((each) => each.startsWith('start'));
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  it('stands before everything: nothing is prepared, started or stored', async () => {
    await asked();
    mounted.part('start-button')!.focus();
    await mounted.click('start-button');
    expect(mounted.session.asked).to.deep.equal([]);
    expect([mounted.element.state, localStorage.length]).to.deep.equal(['idle', 0]);
    expect(mounted.text('notice')).to.contain('Before you start').and.to.contain('AI assistant');
    expect(mounted.element.shadowRoot!.activeElement!.textContent!.trim()).to.equal('Accept');
    await expectAccessible(mounted);
  });

  it('is remembered by its version when it is given, and the call begins', async () => {
    await asked();
    await mounted.click('start-button');
    await press('Accept');
    expect(begun()).to.equal(true);
    expect(told).to.deep.equal([{ version: '2', accepted: true }]);
    expect(JSON.parse(localStorage.getItem(KEY)!)).to.equal('2');

    await asked();
    await mounted.click('start-button');
    expect([begun(), told.length]).to.deep.equal([true, 0]);

    await asked('3');
    await mounted.click('start-button');
    expect(begun()).to.equal(false);
  });

  it('may be declined: nothing starts, and the next start asks again', async () => {
    await asked();
    const started = mounted.element.start();
    await mounted.element.updateComplete;
    await press('Decline');
    const error = await started.catch((error: DOMException) => error);
    expect([(error as DOMException).name, begun(), localStorage.length]).to.deep.equal(['AbortError', false, 0]);
    expect(told).to.deep.equal([{ version: '2', accepted: false }]);
    expect(mounted.part('notice')).to.equal(null);
    await mounted.click('start-button');
    expect(button(mounted, 'Accept')).to.not.equal(undefined);
  });

  it('goes for typed words too', async () => {
    await asked();
    void mounted.element.sendText('Hello');
    await mounted.element.updateComplete;
    expect(mounted.session.asked).to.deep.equal([]);
    await press('Accept');
    expect(mounted.session.asked.join()).to.contain('Hello');
  });

  it('can be taken back, which ends the call', async () => {
    await asked();
    await mounted.click('start-button');
    await press('Accept');
    mounted.session.ready();
    mounted.element.withdrawConsent();
    expect([mounted.element.state, told.at(-1), localStorage.length]).to.deep.equal([
      'idle',
      { version: '2', accepted: false },
      0,
    ]);
  });

  it('has the words of the page, where it gives some', async () => {
    await asked();
    const words = document.createElement('p');
    words.slot = 'consent';
    words.textContent = 'Our own words.';
    mounted.element.append(words);
    await mounted.click('start-button');
    expect(words.assignedSlot!.name).to.equal('consent');
    expect(mounted.text('notice')).to.contain('AI assistant', 'what it is, is said all the same');
  });
});
