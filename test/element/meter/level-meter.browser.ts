import { aTimeout, expect } from '@open-wc/testing';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the meter', () => {
  let mounted: Mounted;
  let frames = 0;
  const { requestAnimationFrame } = window;
  const mark = (): SVGElement => mounted.element.shadowRoot!.querySelector('.mark')!;
  const height = (bar: number): number => Number(mark().style.getPropertyValue(`--b${bar}`));

  before(() => {
    window.requestAnimationFrame = (callback) => (frames++, requestAnimationFrame.call(window, callback));
  });
  after(() => {
    window.requestAnimationFrame = requestAnimationFrame;
  });
  beforeEach(async () => {
    mounted = await mount();
  });

  it('requests frames only while a call runs', async () => {
    frames = 0;
    await aTimeout(100);
    expect(frames).to.equal(0);
    await mounted.call();
    await aTimeout(200);
    expect(frames).to.be.greaterThan(2);
    mounted.element.stop();
    await mounted.element.updateComplete;
    frames = 0;
    await aTimeout(100);
    expect(frames).to.equal(0);
  });

  it('requests no frames while the element is out of the document', async () => {
    await mounted.call();
    const parent = mounted.element.parentElement!;
    mounted.element.remove();
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    frames = 0;
    await aTimeout(100);
    expect(frames).to.equal(0);
    parent.append(mounted.element);
    await aTimeout(200);
    expect(frames).to.be.greaterThan(2);
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
