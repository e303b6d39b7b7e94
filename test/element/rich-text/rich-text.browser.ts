import { expect } from '@open-wc/testing';
import { growth } from '../../support/growth.js';
import { expectAccessible, mount, type Mounted } from '../../support/scripted-voice.js';

const ANSWER = 'We have **two**:\n\n- [Rust](https://shop.example/rust)\n- moss\n\nCall tel:+4722334455 or stay.';

describe('rich text in answers', () => {
  let mounted: Mounted;
  const words = (): HTMLElement => [...mounted.part('transcript')!.querySelectorAll<HTMLElement>('.words')].at(-1)!;
  const tags = (): string[] => [...words().querySelectorAll('*')].map(({ localName }) => localName);
  const links = (): HTMLAnchorElement[] => [...words().querySelectorAll('a')];
  const answer = async (text: string, status: 'partial' | 'final' = 'final'): Promise<void> => {
    mounted.session.say({ id: 'a', role: 'assistant', text, status });
    await mounted.element.updateComplete;
  };
  beforeEach(async () => {
    mounted = await mount();
    await mounted.call();
  });

  it('is plain text without the module; with it, also an answer that is there already', async () => {
    await answer(ANSWER);
    expect([tags(), words().textContent]).to.deep.equal([[], ANSWER]);
    await import('../../../src/element/rich-text/index.js');
    await mounted.element.updateComplete;
    expect(tags()).to.deep.equal(['p', 'strong', 'ul', 'li', 'a', 'li', 'p', 'a']);
  });

  describe('with the module', () => {
    before(() => import('../../../src/element/rich-text/index.js'));

    it('has links that open a new tab and vouch for nothing', async () => {
      await answer(ANSWER);
      const attributes = links().map((a) => ['href', 'target', 'rel', 'tabindex'].map((name) => a.getAttribute(name)));
      expect(attributes).to.deep.equal([
        ['https://shop.example/rust', '_blank', 'noopener nofollow ugc', null],
        ['tel:+4722334455', null, 'noopener nofollow ugc', null],
      ]);
      await expectAccessible(mounted);
    });

    it('leaves the words of the visitor as they are, and those that are exported', async () => {
      mounted.session.say({ id: 'u', text: '**Hi** https://shop.example/ ', status: 'final' });
      expect([tags(), words().textContent]).to.deep.equal([[], '**Hi** https://shop.example/ ']);
      await answer('**Hi**');
      expect(mounted.element.exportTranscript()).to.contain('Assistant: **Hi**');
    });

    it('keeps what was written while an answer arrives, and keeps its links out of the tab order', async () => {
      const half = ANSWER.indexOf('ss\n');
      await answer(ANSWER.slice(0, half), 'partial');
      const [paragraph] = words().children;
      const [link] = links();
      const changes = new MutationObserver(() => {});
      changes.observe(words(), { childList: true, characterData: true, attributes: true, subtree: true });
      mounted.session.say({ id: 'a', text: ANSWER.slice(0, half + 1) });
      expect(changes.takeRecords().map(({ type }) => type)).to.deep.equal(['characterData']);
      await answer(ANSWER, 'partial');
      expect([words().firstElementChild === paragraph, links()[0] === link]).to.deep.equal([true, true]);
      expect(links().map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, -1]);
      await expectAccessible(mounted);
      await answer(ANSWER);
      expect(links().map(({ tabIndex }) => tabIndex)).to.deep.equal([0, 0]);
    });

    it('never shows half a link', async () => {
      const seen = new Set<string>();
      for (let end = 1; end < ANSWER.length; end++) {
        await answer(ANSWER.slice(0, end), 'partial');
        for (const { href } of links()) seen.add(href);
      }
      expect([...seen]).to.deep.equal(['https://shop.example/rust', 'tel:+4722334455']);
    });

    it('can change from one form to another', async () => {
      for (const [text, expected, shown] of [
        ['One', [], 'One'],
        ['One **two**', ['strong'], 'One two'],
        ['One\n\n1. two', ['p', 'ol', 'li'], 'Onetwo'],
        ['https://a.example/ b', ['a'], 'https://a.example/ b'],
        ['https://b.example/ b', ['a'], 'https://b.example/ b'],
        ['', [], '…'],
      ] as const) {
        await answer(text, 'partial');
        expect([tags(), words().textContent]).to.deep.equal([expected, shown]);
      }
    });

    it('has the remark behind the last word', async () => {
      mounted.session.say({ id: 'a', role: 'assistant', text: 'We **do', status: 'interrupted' });
      await mounted.element.updateComplete;
      expect(words().parentElement!.textContent).to.match(/We \*\*docut off/);
    });

    it('is never HTML, and no style or script is in it', async () => {
      await answer(
        '<img src=x onerror=alert(1)> **<b>a</b>** [<i>b</i>](https://a.example/"onclick="x) [c](javascript:d)',
      );
      expect(tags()).to.deep.equal(['strong', 'a']);
      expect(links()[0]!.getAttributeNames().sort()).to.deep.equal(['dir', 'href', 'rel', 'target']);
      expect(links()[0]!.textContent).to.equal('<i>b</i>');
    });

    it('bears a megabyte', async () => {
      const bear = async (letters: number): Promise<void> => {
        await answer('['.repeat(letters));
        expect(mounted.element.offsetHeight).to.be.greaterThan(0);
      };
      expect(await growth(1_000_000, bear)).to.be.lessThan(30);
      expect(words().textContent!.length).to.be.within(1_000, 25_000);
    });
  });
});
