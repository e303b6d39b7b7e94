import { expect } from '@open-wc/testing';
import type { ScriptedVoiceElement } from '../support/scripted-session.js';
import { mount } from '../support/scripted-voice.js';

/** The card is a flex container only by its style sheet. */
function hasStyles({ shadowRoot }: ScriptedVoiceElement): boolean {
  const card = shadowRoot!.querySelector('.card')!;
  return card.ownerDocument.defaultView!.getComputedStyle(card).display === 'inline-flex';
}

describe('the styles', () => {
  let frame: HTMLIFrameElement;
  beforeEach(() => {
    frame = document.body.appendChild(document.createElement('iframe'));
  });
  afterEach(() => frame.remove());

  it('are kept in another document, and on the way back', async () => {
    const { element } = await mount();
    const home = element.parentElement!;
    expect(hasStyles(element), 'at first').to.equal(true);
    frame.contentDocument!.body.append(element);
    expect(hasStyles(element), 'in the frame').to.equal(true);
    home.append(element);
    expect(hasStyles(element), 'back again').to.equal(true);
  });

  it('are there when the first document is another one', async () => {
    const element = document.createElement('scripted-voice');
    frame.contentDocument!.body.append(element);
    await element.updateComplete;
    expect(hasStyles(element)).to.equal(true);
  });

  it('are one style sheet per part, shared by all elements of the page', async () => {
    const [one, other] = [await mount(), await mount()];
    const sheets = one.element.shadowRoot!.adoptedStyleSheets;
    expect(sheets.length).to.be.greaterThan(1);
    expect(other.element.shadowRoot!.adoptedStyleSheets).to.deep.equal(sheets);
    expect(other.element.shadowRoot!.adoptedStyleSheets[0]).to.equal(sheets[0]);
  });
});
