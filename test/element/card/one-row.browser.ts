import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import '../../../src/locales/de.js';
import '../../../src/locales/fr.js';
import '../../../src/locales/ja.js';
import { mount, type Mounted } from '../../support/scripted-voice.js';

const LANGUAGES = ['en', 'de', 'fr', 'ja'];

describe('in one row', () => {
  let mounted: Mounted;
  after(() => setViewport({ width: 800, height: 600 }));

  const box = (selector: string): DOMRect =>
    mounted.element.shadowRoot!.querySelector(selector)!.getBoundingClientRect();
  /** How many lines the words of a part have. */
  const linesOf = (selector: string): number => {
    const bottoms: number[] = [];
    const texts = document.createTreeWalker(mounted.element.shadowRoot!.querySelector(selector)!, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const words = document.createRange();
      words.selectNodeContents(texts.currentNode);
      if (texts.currentNode.nodeValue!.trim()) bottoms.push(...[...words.getClientRects()].map(({ bottom }) => bottom));
    }
    return bottoms.filter((bottom, index) => index === 0 || bottom - bottoms[index - 1]! > 3).length;
  };
  const areInOneRow = (selectors: readonly string[], gap: number): void => {
    const boxes = selectors.map(box);
    const middles = boxes.map(({ top, height }) => Math.round(top + height / 2));
    expect(Math.max(...middles) - Math.min(...middles), middles.join(', ')).to.be.at.most(1);
    for (const [index, { left }] of boxes.slice(1).entries())
      expect(left - boxes[index]!.right, `between ${index} and the next`).to.be.at.least(gap);
  };

  for (const lang of LANGUAGES) {
    for (const variant of ['inline', 'floating']) {
      for (const muted of [false, true]) {
        it(`${lang}, ${variant} at 360 px, ${muted ? 'muted' : 'on'}: Mute and End, and the microphone in words`, async () => {
          await setViewport({ width: 360, height: 740 });
          mounted = await mount({ lang, variant, open: '', ...(muted ? { muted: '' } : {}) });
          await mounted.call();
          areInOneRow(['.mute', '.end'], 8);
          expect(box('.mute').height).to.equal(box('.end').height);
          expect(linesOf('.end span')).to.equal(1);
          // The wide words of Firefox's font: “Stummschaltung aufheben”.
          expect(linesOf('.mute span')).to.be.at.most(2);
          // Neither hangs it out of its place: in those words, “Microphone muted” has two lines, too.
          expect(linesOf('.microphone')).to.be.at.most(2);
          mounted.element.style.setProperty('--realtime-voice-font', 'Arial, sans-serif');
          expect(linesOf('.microphone')).to.equal(1);
        });
      }
    }

    for (const width of [360, 800]) {
      it(`${lang}, compact in ${width} px, before a call: the mark, the word and the button`, async () => {
        await setViewport({ width, height: 740 });
        mounted = await mount({ lang, variant: 'compact' });
        areInOneRow(['.mark', '.word', '.start'], 6);
        expect([linesOf('.word'), linesOf('.start span')]).to.deep.equal([1, 1]);
        expect(box('.card').height).to.equal(62);
      });
    }
  }
});
