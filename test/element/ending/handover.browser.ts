import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { HandoverDetail } from '../../../src/element/ending/handover-event.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';
import { untilItCounts } from '../../support/until-it-counts.js';

describe('the way to a person', () => {
  after(() => setViewport({ width: 800, height: 600 }));
  let mounted: Mounted;
  let heard: HandoverDetail[];
  const begin = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    mounted = await mount({ 'handover-label': 'Talk to a person', ...attributes });
    heard = [];
    mounted.element.parentElement!.addEventListener('voice-handover', ({ detail }) => heard.push(detail));
  };
  const drawn = (): Promise<boolean> => mounted.element.updateComplete;
  const words = (): string | undefined => mounted.part('handover-button')?.textContent!.trim();

  it('is not there without a label, before the first call, and while one is being set up', async () => {
    await begin({ 'handover-label': '' });
    await mounted.call();
    expect(words()).to.equal(undefined);
    await begin();
    expect(words()).to.equal(undefined);
    void mounted.element.start();
    await drawn();
    expect(words()).to.equal(undefined);
  });

  for (const variant of ['inline', 'compact', 'floating'])
    it(`is one button from the first turn until the next call is set up: ${variant}`, async () => {
      await begin({ variant, open: '' });
      await mounted.call();
      const button = mounted.part('handover-button')!;
      expect(words()).to.equal('Talk to a person');
      await expectAccessible(mounted);
      button.focus();
      mounted.session.end('stopped');
      await drawn();
      expect(mounted.part('handover-button') === button).to.equal(true);
      expect(mounted.element.shadowRoot!.activeElement === button).to.equal(true);
      await expectAccessible(mounted);
      void mounted.element.start();
      await drawn();
      expect(words()).to.equal(undefined);
    });

  for (const width of [800, 390, 320])
    for (const dir of ['ltr', 'rtl'])
      it(`is beside what is told below a pill, not on it: ${width} px, ${dir}`, async () => {
        await setViewport({ width, height: 700 });
        await begin({ variant: 'compact', dir });
        const beside = (selector: string): void => {
          const [words, button] = [
            mounted.element.shadowRoot!.querySelector(selector)!,
            mounted.part('handover-button')!,
          ];
          const [one, other] = [words.getBoundingClientRect(), button.getBoundingClientRect()];
          expect(one.top, 'below the pill').to.be.at.least(mounted.part('panel')!.getBoundingClientRect().bottom);
          expect(one.right <= other.left || other.right <= one.left, `${one.right}, ${other.left}`).to.equal(true);
        };
        await mounted.call();
        beside('.hint');
        for (const code of ['microphone-silent', 'muted-speech'] as const) {
          mounted.session.warn(code);
          await drawn();
          beside('.notice');
        }
      });

  it('is quieter than the words of the conversation until it is wanted', async () => {
    for (const variant of ['inline', 'compact', 'floating']) {
      await begin({ variant, open: '' });
      await mounted.call();
      const { fontWeight, fontSize, borderTopWidth, color } = getComputedStyle(mounted.part('handover-button')!);
      const words = getComputedStyle(mounted.part('panel')!);
      expect([fontWeight, borderTopWidth], variant).to.deep.equal([words.fontWeight, '0px']);
      expect(parseFloat(fontSize)).to.be.below(parseFloat(words.fontSize));
      expect(color).to.not.equal(words.color);
    }
  });

  it('is there when a call has failed', async () => {
    await begin();
    void mounted.element.start();
    mounted.session.fail('connection-failed');
    await drawn();
    expect(words()).to.equal('Talk to a person');
    await expectAccessible(mounted);
  });

  it('tells the page, with what was said and the id of the call, and the call goes on', async () => {
    await begin();
    mounted.session.callId = 'rtc_7';
    await mounted.call();
    mounted.session.say({ id: '1', text: 'A person, please.', status: 'final' });
    await untilItCounts();
    await mounted.click('handover-button');
    expect(heard).to.deep.equal([{ transcript: mounted.session.transcript, callId: 'rtc_7' }]);
    expect([mounted.element.state, mounted.session.calls.includes('stop stopped')]).to.deep.equal(['listening', false]);
  });

  it('knows the id of the last call after its end, and none of a call before', async () => {
    await begin();
    const { session } = mounted;
    session.callId = 'rtc_7';
    await mounted.call();
    session.callId = undefined;
    session.end('stopped');
    mounted.element.handOver();
    void mounted.element.start();
    mounted.element.handOver();
    expect(heard.map(({ callId }) => callId)).to.deep.equal(['rtc_7', undefined]);
  });

  it('counts no press that was meant for what was there before', async () => {
    await begin();
    await mounted.call();
    await mounted.click('handover-button');
    expect(heard).to.deep.equal([]);
    await untilItCounts();
    await mounted.click('handover-button');
    expect(heard.length).to.equal(1);
  });

  it('can be taken by a tool of the page, also without a button', async () => {
    await begin({ 'handover-label': '' });
    await mounted.call();
    mounted.element.handOver();
    expect(heard.length).to.equal(1);
  });
});
