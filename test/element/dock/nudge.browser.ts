import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

const NUDGE = { variant: 'floating', label: 'Ask us', nudge: 'Questions about the armchair?' };
const KEY = 'realtime-voice-nudge';

describe('the nudge', () => {
  const { setTimeout, clearTimeout } = window;
  /** The timers that last as long as no other ones of the element, by their ids. */
  const pending = new Map<unknown, () => void>();
  let asked: number;
  let mounted: Mounted;
  const open = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    pending.clear();
    asked = 0;
    mounted = await mount({ ...NUDGE, ...attributes });
  };
  /** Lets the seconds pass. */
  const pass = async (): Promise<void> => {
    for (const act of [...pending.values()]) act();
    pending.clear();
    await mounted.element.updateComplete;
  };
  const shown = (): string | null => (mounted.part('nudge') ? mounted.text('nudge') : null);
  const said = (): string => mounted.element.shadowRoot!.querySelector('[role=status]')!.textContent!;

  before(() => {
    window.setTimeout = ((act: () => void, ms = 0) => {
      const id = setTimeout.call(window, ms < 4000 ? act : () => {}, ms);
      if (ms >= 4000) pending.set(id, act);
      if (ms >= 4000) asked = ms;
      return id;
    }) as typeof setTimeout;
    window.clearTimeout = (id) => {
      pending.delete(id);
      clearTimeout.call(window, id);
    };
  });
  after(() => Object.assign(window, { setTimeout, clearTimeout }));
  beforeEach(() => sessionStorage.clear());
  afterEach(() => sessionStorage.clear());

  it('comes after 8 seconds, without the focus, and is said once', async () => {
    await open();
    expect([asked, shown(), said()]).to.deep.equal([8000, null, '']);
    const { activeElement } = document;
    const place = JSON.stringify(mounted.part('launcher')!.getBoundingClientRect());
    await pass();
    expect([shown(), said()]).to.deep.equal([NUDGE.nudge, NUDGE.nudge]);
    expect(document.activeElement).to.equal(activeElement);
    expect(JSON.stringify(mounted.part('launcher')!.getBoundingClientRect()), 'nothing moves').to.equal(place);
    mounted.element.shadowRoot!.querySelector('[role=status]')!.textContent = '';
    mounted.element.nudge = 'Another sentence';
    await mounted.element.updateComplete;
    expect([shown(), said(), sessionStorage.length]).to.deep.equal(['Another sentence', '', 0]);
    await expectAccessible(mounted);
  });

  it('comes after as many seconds as the page says', async () => {
    await open({ 'nudge-after': '30' });
    expect(asked).to.equal(30_000);
  });

  it('has no timer for a delay without end, and another one when the page changes the delay', async () => {
    await open({ 'nudge-after': 'Infinity' });
    expect([asked, pending.size]).to.deep.equal([0, 0]);
    mounted.element.nudgeAfter = 30;
    await mounted.element.updateComplete;
    mounted.element.nudgeAfter = 5;
    await mounted.element.updateComplete;
    expect([asked, pending.size]).to.deep.equal([5000, 1]);
  });

  it('has no timer without a sentence, or in another variant', async () => {
    await open({ nudge: '' });
    expect(pending.size).to.equal(0);
    await open({ variant: 'inline' });
    expect(pending.size).to.equal(0);
  });

  it('that was closed does not come again in this tab', async () => {
    await open();
    await pass();
    mounted.part('nudge')!.querySelector<HTMLElement>('.close')!.click();
    await mounted.element.updateComplete;
    expect([shown(), sessionStorage.getItem(KEY)]).to.deep.equal([null, '1']);
    await open();
    await pass();
    expect(shown()).to.equal(null);
  });

  it('is closed by Escape, and the focus goes to the launcher', async () => {
    await open();
    await pass();
    mounted.part('nudge')!.querySelector<HTMLElement>('.close')!.focus();
    await sendKeys({ press: 'Escape' });
    await mounted.element.updateComplete;
    const focused = mounted.element.shadowRoot!.activeElement?.getAttribute('part');
    expect([shown(), focused]).to.deep.equal([null, 'launcher']);
  });

  it('opens the panel when it is pressed, and is over then', async () => {
    await open();
    await pass();
    const sentence = mounted.part('nudge')!.querySelector('button')!;
    sentence.focus();
    sentence.click();
    await mounted.element.updateComplete;
    const focused = mounted.element.shadowRoot!.activeElement?.getAttribute('part');
    expect([mounted.element.open, shown(), focused]).to.deep.equal([true, null, 'start-button']);
    mounted.element.open = false;
    await mounted.element.updateComplete;
    expect([shown(), pending.size, sessionStorage.length]).to.deep.equal([null, 0, 0]);
  });

  it('does not come when the visitor has opened the panel, or called', async () => {
    for (const act of [
      async () => {
        mounted.element.open = true;
        await mounted.element.updateComplete;
        mounted.element.open = false;
      },
      async () => {
        await mounted.call();
        mounted.element.stop();
      },
    ]) {
      await open();
      await act();
      await mounted.element.updateComplete;
      expect(pending.size).to.equal(0);
      await pass();
      expect(shown()).to.equal(null);
    }
  });

  it('has no timer while the element is out of the page', async () => {
    await open();
    const parent = mounted.element.parentElement!;
    mounted.element.remove();
    await mounted.element.updateComplete;
    expect(pending.size).to.equal(0);
    parent.append(mounted.element);
    await mounted.element.updateComplete;
    expect(pending.size).to.equal(1);
  });
});
