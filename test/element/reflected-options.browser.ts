import { expect } from '@open-wc/testing';
import { mount } from '../support/scripted-voice.js';

describe('what a framework sets as a property', () => {
  for (const [name, attribute, value] of [
    ['variant', 'variant', 'compact'],
    ['handoverLabel', 'handover-label', 'Talk to a person'],
    ['theme', 'theme', 'soft'],
  ] as const) {
    it(`looks the same as what markup says: ${attribute}`, async () => {
      const { element: told } = await mount({ [attribute]: value });
      const { element } = await mount();
      expect(element.hasAttribute(attribute), 'a default is not written').to.equal(false);
      Object.assign(element, { [name]: value });
      await element.updateComplete;
      const sizes = [told, element].map((one) => {
        const { width, height } = one.getBoundingClientRect();
        const { width: inner } = one.shadowRoot!.querySelector('.card')!.getBoundingClientRect();
        return [width, height, inner].join();
      });
      expect(sizes[1]).to.equal(sizes[0]);
      Object.assign(element, { [name]: undefined });
      await element.updateComplete;
      expect(element.getBoundingClientRect().width).to.equal(360);
    });
  }
});
