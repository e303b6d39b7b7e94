import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
// Every language.
import '../../../src/full.js';
import { registry } from '../../../src/locales/registry.js';
import { mount, type Mounted } from '../../support/scripted-voice.js';

/** Wide ones come with most systems: DejaVu Sans with Linux, Verdana with the others. */
const FONTS = { usual: 'Arial, sans-serif', wide: '"DejaVu Sans", Verdana, sans-serif' };
/** What the numbers of a failure are, and what to do. */
const LINES = 'lines of Cancel, Mute and End; the row has room for two buttons with short words';
const LANGUAGES = (): readonly string[] => ['en', ...new Set(registry.map(({ code }) => code))];

describe('the row of a call', () => {
  let mounted: Mounted;
  after(() => setViewport({ width: 800, height: 600 }));

  const begin = async (lang: string, font: string, microphone: boolean): Promise<void> => {
    mounted?.element.parentElement!.remove();
    mounted = await mount({ lang });
    mounted.element.style.setProperty('--realtime-voice-font', font);
    void mounted.element.start({ microphone });
    await mounted.element.updateComplete;
  };
  const ready = async (): Promise<void> => {
    mounted.session.ready();
    await mounted.element.updateComplete;
  };
  const box = (name: string): DOMRect => mounted.part(name)!.getBoundingClientRect();
  /** In how many lines the words of a button are, or one of its words. */
  const lines = (name: string, word?: string): number => {
    const text = document
      .createTreeWalker(mounted.part(name)!.querySelector('span')!, NodeFilter.SHOW_TEXT)
      .nextNode() as Text;
    const start = word ? text.data.indexOf(word) : 0;
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, word ? start + word.length : text.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  };
  const brokenWords = (name: string): string[] =>
    mounted
      .text(name)
      .split(' ')
      .filter((word) => lines(name, word) > 1);
  /** Where the buttons are. */
  const places = (): string =>
    ['text-field', 'end-button'].map((name) => `${box(name).top} ${box(name).width}`).join(', ');

  for (const width of [800, 370, 320]) {
    it(`has each button in one line in every language, in a window of ${width} px`, async () => {
      await setViewport({ width, height: 700 });
      for (const lang of LANGUAGES()) {
        for (const microphone of [true, false]) {
          await begin(lang, FONTS.usual, microphone);
          const cancel = lines('end-button');
          await ready();
          const inCall = ['mute-button', 'end-button'].map((name) => lines(name));
          expect([cancel, ...inCall], `${lang}: ${mounted.text('mute-button')}: ${LINES}`).to.deep.equal([1, 1, 1]);
        }
      }
    });
  }

  /** What is wrong with the row of a typed call: its buttons, and the words in them. */
  const faults = (lang: string): string[] => {
    const names = ['mute-button', 'end-button'];
    const found = box(names[0]!).top === box(names[1]!).top ? [] : ['two rows'];
    for (const name of names) {
      const { left, right, height } = box(name);
      const content = document.createRange();
      content.selectNodeContents(mounted.part(name)!);
      const inside = [...content.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
      const [start, end] = [
        Math.min(...inside.map((rect) => rect.left)),
        Math.max(...inside.map((rect) => rect.right)),
      ];
      if (Math.abs(start - left - (right - end)) > 2)
        found.push(`${name}: ${start - left} before, ${right - end} after`);
      if (height > 48) found.push(`${name} is ${height} high`);
      // Chinese and Japanese have no spaces between words.
      if (!/^(ja|zh)/.test(lang)) found.push(...brokenWords(name));
    }
    return found;
  };

  for (const width of [380, 360, 320]) {
    it(`is one row in a typed call at ${width} px, in any font: its words are whole, and in the middle`, async () => {
      await setViewport({ width, height: 700 });
      for (const [font, family] of Object.entries(FONTS)) {
        for (const lang of LANGUAGES()) {
          await begin(lang, family, false);
          const before = places();
          const look = (what: string): void => {
            expect([faults(lang), places()], `${lang}, ${font}, ${what}`).to.deep.equal([[], before]);
          };
          await ready();
          look('without a microphone');
          await mounted.click('mute-button');
          look('with one');
          await mounted.click('mute-button');
          look('muted');
        }
      }
    });
  }

  for (const width of [360, 320]) {
    it(`breaks no word in a wide font at ${width} px, and keeps its height when the visitor mutes`, async () => {
      await setViewport({ width, height: 700 });
      for (const lang of LANGUAGES()) {
        await begin(lang, FONTS.wide, true);
        const before = places();
        const broken: string[] = [];
        const look = (name: string): void => {
          // Chinese and Japanese have no spaces between words.
          if (!/^(ja|zh)/.test(lang)) broken.push(...brokenWords(name));
          expect(box(name).height, `${lang}: ${mounted.text(name)}`).to.be.at.most(48);
        };
        look('end-button');
        await ready();
        for (const name of ['mute-button', 'end-button']) look(name);
        await mounted.click('mute-button');
        look('mute-button');
        expect([places(), broken], lang).to.deep.equal([before, []]);
      }
    });
  }

  it('at 320 px says on the button to interrupt what it does, or at least when a pointer rests on it', async () => {
    await setViewport({ width: 320, height: 700 });
    const withoutWord: string[] = [];
    for (const [font, family] of Object.entries(FONTS)) {
      for (const lang of LANGUAGES()) {
        await begin(lang, family, true);
        await ready();
        const name = mounted.text('interrupt-button');
        const button = mounted.part('interrupt-button')!;
        expect([name.length > 0, button.title], lang).to.deep.equal([true, name]);
        const place = button.querySelector('span')!.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(button.querySelector('span')!);
        const rects = [...range.getClientRects()].filter((rect) => rect.width > 1);
        const isWhole = rects.length === 1 && rects[0]!.top < place.bottom - 4;
        const isOut = rects.every(({ top }) => top >= place.bottom - 1);
        expect(isWhole || isOut, `${lang}, ${font}: whole or not at all`).to.equal(true);
        if (isWhole) expect(rects[0]!.width).to.be.at.most(place.width);
        else withoutWord.push(`${lang}, ${font}`);
      }
    }
    expect(withoutWord.filter((it) => it.includes('usual'))).to.deep.equal([]);
  });
});
