import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { mount, type Mounted } from '../../support/scripted-voice.js';

describe('the entries of the transcript', () => {
  let mounted: Mounted;
  const lines = (): HTMLElement[] => [...mounted.element.shadowRoot!.querySelectorAll<HTMLElement>('.entry')];
  const say = async (id: string, role: 'user' | 'assistant', text: string): Promise<void> => {
    mounted.session.say({ id, role, text, status: 'final' });
    await mounted.element.updateComplete;
  };
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });

  for (const role of ['user', 'assistant'] as const) {
    it(`have one size, the latest like those before: ${role}`, async () => {
      await say('1', role, 'Two are left in the Bergen store');
      const size = (): readonly string[] => {
        const words = lines()[0]!.querySelector('.words')!;
        return [getComputedStyle(words).fontSize, `${words.getBoundingClientRect().width}`];
      };
      const latest = size();
      await say('2', role === 'user' ? 'assistant' : 'user', 'One');
      expect([latest[0], size()]).to.deep.equal(['15px', latest]);
      await say('3', role, 'Two');
      expect(size()).to.deep.equal(latest);
    });
  }

  it('show their times while the log has the focus by keyboard', async () => {
    for (let id = 0; id < 30; id++) await say(String(id), id % 2 ? 'user' : 'assistant', 'Some more words');
    const times = (): string[] => lines().map((line) => getComputedStyle(line.querySelector('time')!).opacity);
    const { shadowRoot } = mounted.element;
    mounted.part('settings-button')!.focus();
    // The log follows what is in the heading.
    for (let presses = 0; presses < 4 && !shadowRoot!.activeElement?.matches('.log'); presses++)
      await sendKeys({ press: 'Tab' });
    expect(shadowRoot!.activeElement).to.equal(mounted.part('transcript'));
    expect(new Set(times())).to.deep.equal(new Set(['1']));
    for (const line of lines()) expect(line.querySelector('time')!.textContent).to.match(/\d:\d\d/);
    await sendKeys({ press: 'Tab' });
    expect(new Set(times())).to.deep.equal(new Set(['0']));
  });
});
