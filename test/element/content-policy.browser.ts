import { aTimeout, expect } from '@open-wc/testing';
import { CARD_STATES, mount } from '../support/scripted-voice.js';

/** What a strict policy has to say, from now on and for the rest of this page. */
function forbidStyles(): string[] {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "style-src 'none'";
  document.head.append(policy);
  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
  return violations;
}

describe('under a policy that allows no styles', () => {
  let violations: string[];
  before(() => {
    violations = forbidStyles();
  });

  it('a style attribute is reported', async () => {
    const paragraph = document.createElement('p');
    document.body.append(paragraph);
    paragraph.setAttribute('style', 'color: red');
    await aTimeout(50);
    expect(violations.length).to.be.greaterThan(0);
    violations.length = 0;
  });

  for (const [name, show] of Object.entries(CARD_STATES)) {
    it(`nothing is reported: ${name}`, async () => {
      const mounted = await mount();
      await show(mounted);
      await mounted.element.updateComplete;
      await aTimeout(50);
      expect(violations).to.deep.equal([]);
      const { display } = getComputedStyle(mounted.element.shadowRoot!.querySelector('.card')!);
      expect(display, 'the card has its styles').to.equal('inline-flex');
    });
  }
});
