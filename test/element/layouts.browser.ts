import { expect, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { CARD_STATES, expectAccessible, mount, type Mounted } from '../support/scripted-voice.js';

/** The styles that the guide shows, for the element's name in tests. */
async function layoutsOfGuide(): Promise<string> {
  const guide = await (await fetch('/docs/guide/theming.md')).text();
  const [section] = /(?<=## Layouts\n).*?(?=\n## )/s.exec(guide)!;
  const blocks = [...section!.matchAll(/```css\n(.*?)```/gs)].map(([, css]) => css);
  expect(blocks.length).to.equal(2);
  return blocks.join('\n').replace(/(?<!-)realtime-voice(?=[ :])/g, 'scripted-voice');
}

describe('the layouts of the guide', () => {
  const sheet = new CSSStyleSheet();
  let mounted: Mounted;
  const box = (name: string): DOMRect => mounted.part(name)!.getBoundingClientRect();

  before(async () => {
    await setViewport({ width: 1000, height: 800 });
    sheet.replaceSync(await layoutsOfGuide());
    document.adoptedStyleSheets.push(sheet);
  });
  after(async () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    await setViewport({ width: 800, height: 600 });
  });

  for (const [state, show] of Object.entries(CARD_STATES)) {
    it(`the sidebar fills its container: ${state}`, async () => {
      mounted = await mount();
      const sidebar = mounted.element.parentElement!;
      sidebar.className = 'sidebar';
      Object.assign(sidebar.style, { position: 'fixed', insetBlock: '0', right: '0', width: '420px' });
      await show(mounted);
      await mounted.element.updateComplete;
      const { x, y, width, height } = box('panel');
      expect([x, y, width, height]).to.deep.equal([580, 0, 420, 800]);
      const last = mounted.element.shadowRoot!.querySelector('.base')!.getBoundingClientRect();
      expect(last.bottom).to.be.within(760, 800);
      await expectAccessible(mounted);
    });
  }

  it('with the voice first, the mark is large, and below it are the last words', async () => {
    mounted = await mount();
    mounted.element.parentElement!.className = 'voice-first';
    await CARD_STATES['a long conversation']!(mounted);
    await mounted.element.updateComplete;
    expect([box('meter').width > 180, box('panel').height]).to.deep.equal([true, 620]);
    const order = ['heading', 'meter', 'status', 'transcript', 'text-field', 'mute-button'].map((name) => box(name));
    for (const [index, { bottom }] of order.slice(0, -1).entries())
      expect(order[index + 1]!.top, `${index}`).to.be.at.least(bottom - 1);
    const entries = [...mounted.element.shadowRoot!.querySelectorAll('.entry')];
    const shown = entries.filter((entry) => entry.checkVisibility());
    expect(shown, 'captions: the latest words only').to.deep.equal(entries.slice(-1));
    expect(shown[0]!.getBoundingClientRect().bottom).to.be.at.most(box('transcript').bottom + 1);
    const scene = mounted.element.shadowRoot!.querySelector('.scene')!;
    expect(scene.scrollHeight, 'nothing else scrolls').to.be.at.most(scene.clientHeight + 1);
    await expectAccessible(mounted);
  });

  it('with the voice first, a caption is large, one line if it is short, and follows the voice', async () => {
    mounted = await mount();
    mounted.element.parentElement!.className = 'voice-first';
    await mounted.call();
    const toCome = (): string => [...(CSS.highlights.get('realtime-voice-to-come') ?? [])].map(String).join('');
    mounted.session.to('thinking');
    mounted.session.say({ id: '1', text: 'Is it in stock?', status: 'final' });
    mounted.session.say({ id: '2', role: 'assistant', text: 'We have two of them left.' });
    mounted.session.to('speaking');
    await mounted.element.updateComplete;
    const words = mounted.part('entry-latest')!.querySelector('.words')!;
    expect([getComputedStyle(words).fontSize, words.getClientRects().length]).to.deep.equal(['19.5px', 1]);
    const seen = new Set<string>();
    for (let rest = toCome(); rest; rest = toCome()) {
      seen.add(rest);
      await nextFrame();
    }
    mounted.session.stop();
    const lengths = [...seen].map(({ length }) => length);
    expect(lengths.length).to.be.at.least(3);
    expect(lengths).to.deep.equal([...lengths].sort((one, other) => other - one));
  });
});
