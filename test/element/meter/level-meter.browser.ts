import { aTimeout, expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the meter', () => {
  let mounted: Mounted;
  let requested = 0;
  const { requestAnimationFrame, setTimeout } = window;
  const mark = (): HTMLElement => mounted.part('meter')!.querySelector('.mark')!;
  /** 0…1, from how far the bar was moved from its full height. */
  const height = (bar: number): number =>
    1 - Number(/-?[\d.]+/.exec(mark().querySelectorAll('i')[bar]!.style.transform)![0]) / 36;
  /** How many frames and timers are requested in this time. */
  const requestedIn = async (ms: number): Promise<number> => {
    requested = 0;
    await new Promise((resolve) => setTimeout.call(window, resolve, ms));
    return requested;
  };

  before(() => {
    window.requestAnimationFrame = (callback) => (requested++, requestAnimationFrame.call(window, callback));
    window.setTimeout = ((...args: Parameters<typeof setTimeout>) => (
      requested++,
      setTimeout.apply(window, args)
    )) as typeof setTimeout;
  });
  after(() => Object.assign(window, { requestAnimationFrame, setTimeout }));
  beforeEach(async () => {
    mounted = await mount();
  });

  it('requests frames and timers only while a call runs', async () => {
    expect(await requestedIn(100)).to.equal(0);
    await mounted.call();
    expect(await requestedIn(600)).to.be.greaterThan(1);
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect(await requestedIn(300)).to.equal(0);
  });

  it('requests none while the element is out of the document', async () => {
    await mounted.call();
    const parent = mounted.element.parentElement!;
    mounted.element.remove();
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    expect(await requestedIn(300)).to.equal(0);
    parent.append(mounted.element);
    expect(await requestedIn(600)).to.be.greaterThan(1);
  });

  it('requests none while it is not displayed', async () => {
    mounted.element.variant = 'floating';
    await mounted.element.updateComplete;
    await mounted.call();
    expect(await requestedIn(600)).to.be.greaterThan(1);
    const picture = document.createElement('p');
    picture.slot = 'launcher-icon';
    mounted.element.append(picture);
    await requestedIn(300);
    expect(await requestedIn(300)).to.equal(0);
  });

  it('goes on in the panel when the launcher is opened', async () => {
    mounted.element.variant = 'floating';
    await mounted.call();
    mounted.session.outputLevel = 1;
    mounted.element.open = true;
    await mounted.element.updateComplete;
    expect(height(3)).to.be.closeTo(0.99, 0.01);
    expect(await requestedIn(600)).to.be.greaterThan(1);
  });

  it('shows both voices without rendering', async () => {
    await mounted.call();
    await aTimeout(300);
    let renders = 0;
    const observer = new MutationObserver(() => renders++);
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    observer.observe(mounted.element.shadowRoot!, { childList: true, subtree: true });
    mounted.session.outputLevel = 1;
    mounted.session.inputLevel = 0.6;
    await aTimeout(500);
    expect(height(3)).to.be.closeTo(0.99, 0.05);
    expect(height(10)).to.be.closeTo(0.6, 0.05);
    expect(renders).to.equal(0);
    observer.disconnect();
  });

  it('shows no level of a muted visitor', async () => {
    await mounted.call();
    mounted.element.muted = true;
    mounted.session.inputLevel = 1;
    await aTimeout(900);
    expect(height(10)).to.be.lessThan(0.05);
    expect(getComputedStyle(mark().querySelector('.strike')!).display).to.not.equal('none');
  });

  it('is a meter with a name and a value in words, updated at most twice a second', async () => {
    const meter = mounted.part('meter')!;
    const value = (): unknown[] => [meter.getAttribute('aria-valuenow'), meter.getAttribute('aria-valuetext')];
    expect([meter.getAttribute('role'), meter.getAttribute('aria-label'), ...value()]).to.deep.equal([
      'meter',
      'Volume',
      '0',
      'Quiet',
    ]);
    await mounted.call();
    mounted.session.outputLevel = 0.5;
    let told = 0;
    const observer = new MutationObserver(
      (records) => (told += records.filter(({ attributeName }) => attributeName === 'aria-valuenow').length),
    );
    observer.observe(meter, { attributes: true });
    await aTimeout(1200);
    observer.disconnect();
    expect(told).to.be.within(1, 3);
    expect(value()).to.deep.equal(['50', 'Assistant']);
    mounted.element.stop();
    await mounted.element.updateComplete;
    expect(value()).to.deep.equal(['0', 'Quiet']);
  });

  it('is replaced by what the page puts into its slot', async () => {
    const picture = document.createElement('p');
    picture.slot = 'visual';
    mounted.element.append(picture);
    expect(picture.assignedSlot).to.not.equal(null);
    expect(mounted.part('meter')!.getBoundingClientRect().height).to.equal(0);
  });
});
