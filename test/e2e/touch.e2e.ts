import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sharedChromium } from '../support/shared-browsers.js';
import { LookPage } from './support/look-page.js';

const PHONE = { name: 'a phone', width: 390, height: 844, touch: true } as const;

describe('on a phone', () => {
  let look: LookPage;
  before(async () => void (look = await LookPage.open(await sharedChromium(), 'inline', PHONE)));
  after(() => look?.close());

  for (const [state, field] of [
    ['listening', 'textarea'],
    ['rated', 'input'],
  ] as const) {
    for (const size of ['15px', '20px']) {
      it(`the words of a ${field} and the arrow beside it are on one axis, ${size}`, async () => {
        await look.show(state);
        const [words, arrow] = await look.page.evaluate(
          async ([size, field]) => {
            const element = document.querySelector('scripted-voice')!;
            element.style.fontSize = size;
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            const middle = (selector: string): number => {
              const { top, bottom } = element
                .shadowRoot!.querySelector(`.composer ${selector}`)!
                .getBoundingClientRect();
              return (top + bottom) / 2;
            };
            return [middle(field), middle('.round')] as const;
          },
          [size, field] as const,
        );
        assert.ok(Math.abs(words - arrow) <= 0.5, `${words}, ${arrow}`);
      });
    }
  }
});
