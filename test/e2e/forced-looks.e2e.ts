import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessibilityFaults } from '../support/axe.js';
import type { contrastOf } from '../support/contrast.js';
import { DRESSES, SITES, UNDRESSED } from '../support/look-dresses.js';
import { FORCED } from '../support/look-surroundings.js';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

/** Each variant shows its mark struck through in one of them, and its launcher in another. */
const STATES = ['idle', 'muted', 'speaking', 'lost connection', 'closed launcher', 'call bar'];

/** What has colours of its own where the visitor has chosen the colours, and axe looks at words only. */
describe('with forced colours', () => {
  for (const surroundings of FORCED) {
    describe(surroundings.name, () => {
      let look: LookPage;
      before(async () => void (look = await LookPage.open(await sharedChromium(), 'inline', surroundings)));
      after(() => look?.close());

      it('the browser tells axe the colours that the visitor sees, and axe finds words that cannot be read', async () => {
        look.wear('inline');
        await look.show('idle');
        const colors = await look.page.$eval('scripted-voice', ({ shadowRoot }) => {
          document.body.style.color = 'CanvasText';
          const [word, page] = [shadowRoot!.querySelector('.word')!, document.body].map(
            (element) => getComputedStyle(element).color,
          );
          return [matchMedia('(forced-colors: active)').matches, word === page];
        });
        assert.deepEqual(colors, [true, true]);
        assert.deepEqual(await accessibilityFaults(look.page), []);
        await look.page.$eval('scripted-voice', ({ shadowRoot }) => {
          const { style } = shadowRoot!.querySelector<HTMLElement>('.word')!;
          style.forcedColorAdjust = 'none';
          style.color = '#777';
          style.background = '#888';
        });
        const found = await accessibilityFaults(look.page);
        assert.deepEqual([found.length, found[0]?.startsWith('color-contrast')], [1, true], found.join());
      });

      it('the words that are to come do not look selected', async () => {
        look.wear('inline');
        await look.show('speaking');
        const box = await look.page.$eval('scripted-voice', ({ shadowRoot }) => {
          const [range] = CSS.highlights.get('realtime-voice-to-come')! as unknown as Iterable<Range>;
          const { x, y, width, height } = shadowRoot!
            .querySelector('.entry:last-child .words')!
            .getBoundingClientRect();
          return { clip: { x, y, width, height }, toCome: String(range) };
        });
        assert.match(box.toCome, /delivery$/);
        const picture = await look.page.screenshot({ clip: box.clip, encoding: 'base64' });
        assert.deepEqual(await look.page.evaluate(colorsOf, picture), { isSelected: false, hasWords: true });
      });

      for (const dress of [UNDRESSED, ...DRESSES, ...SITES]) {
        it(`${dress.name}: the mark, its strike and the ring of the focus can be seen`, async () => {
          const faint: string[] = [];
          for (const variant of dress.variants) {
            look.wear(variant, dress);
            for (const state of STATES) {
              if (variant !== 'floating' && /launcher|bar/.test(state)) continue;
              await look.show(state);
              const seen = await look.page.evaluate(contrasts);
              assert.ok(seen.length > 0, state);
              for (const { name, contrast } of seen)
                if (contrast < 3) faint.push(`${variant}, ${state}: ${name} has ${contrast.toFixed(1)}:1`);
            }
          }
          assert.deepEqual(faint, []);
        });
      }
    });
  }
});

declare global {
  /** On the pages of `lookSite`. */
  var contrastWith: typeof contrastOf;
}

/** Runs in the page: what is drawn in a colour of its own, with its contrast to what is around it. */
function contrasts(): { name: string; contrast: number }[] {
  const { shadowRoot } = document.querySelector('scripted-voice')!;
  const page = getComputedStyle(document.body).getPropertyValue('background-color');
  const seen = (selector: string): HTMLElement[] =>
    [...shadowRoot!.querySelectorAll<HTMLElement>(selector)].filter((node) => node.getClientRects().length > 0);
  const lines = seen('.mark i, .strike').map((node) => ({
    name: node.className || 'bar',
    contrast: contrastWith(node.closest('.mark')!, page, getComputedStyle(node).borderBlockEndColor),
  }));
  const rings = seen('button:not(:disabled)').map((button) => {
    button.focus();
    const { outlineColor, outlineStyle } = getComputedStyle(button);
    if (outlineStyle === 'none') return { name: `the ring of ${button.className}`, contrast: 0 };
    return {
      name: `the ring of ${button.className}`,
      contrast: contrastWith(button.parentElement!, page, outlineColor),
    };
  });
  return [...lines, ...rings];
}

/** Runs in the page: whether a picture has words, and the colour of what is selected. */
async function colorsOf(picture: string): Promise<{ isSelected: boolean; hasWords: boolean }> {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colors = new Set<string>();
  for (let place = 0; place < data.length; place += 4) colors.add([...data.slice(place, place + 3)].join(', '));
  const probe = document.body.appendChild(document.createElement('p'));
  probe.style.cssText = 'forced-color-adjust: none; color: Highlight';
  const selected = getComputedStyle(probe).color;
  probe.remove();
  return { isSelected: colors.has(selected.slice(4, -1)), hasWords: colors.size > 5 };
}
