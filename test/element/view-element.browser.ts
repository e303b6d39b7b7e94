import { expect, fixture, html as markup } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit/html.js';
import { css, ViewElement } from '../../src/element/view-element.js';

class LampElement extends ViewElement {
  static override properties = {
    colour: String,
    hoursLit: Number,
    lit: Boolean,
    bulb: false,
  } as const;
  static override styles = css`
    p {
      color: rgb(1, 2, 3);
    }
  `;
  colour: string | null = 'white';
  hoursLit: number | null = 0;
  lit = false;
  bulb: object | undefined;
  drawings = 0;

  protected override render(): TemplateResult {
    this.drawings += 1;
    return html`<p>${this.colour}, ${this.hoursLit}, ${this.lit ? 'on' : 'off'}</p>`;
  }
}

const words = (lamp: LampElement): string => lamp.renderRoot.textContent!.trim();
const colour = (lamp: LampElement): string => getComputedStyle(lamp.renderRoot.querySelector('p')!).color;

async function lamp(name = 'test-lamp'): Promise<LampElement> {
  const host = await fixture<HTMLElement>(markup`<div></div>`);
  const element = host.appendChild(document.createElement(name)) as LampElement;
  await element.updateComplete;
  return element;
}

describe('ViewElement', () => {
  before(() => customElements.define('test-lamp', LampElement));

  it('reads attributes by their type, and an attribute that is taken away as not set', async () => {
    const element = await lamp();
    element.setAttribute('hours-lit', '12');
    element.setAttribute('colour', 'red');
    element.setAttribute('lit', '');
    expect([element.colour, element.hoursLit, element.lit]).to.deep.equal(['red', 12, true]);
    for (const name of ['hours-lit', 'colour', 'lit']) element.removeAttribute(name);
    expect([element.colour, element.hoursLit, element.lit]).to.deep.equal([null, null, false]);
    expect(LampElement.observedAttributes).to.deep.equal(['colour', 'hours-lit', 'lit']);
  });

  it('draws once for any number of changes, and not before it is in a document', async () => {
    const element = document.createElement('test-lamp') as LampElement;
    element.colour = 'blue';
    await element.updateComplete;
    expect(element.drawings).to.equal(0);
    document.body.append(element);
    element.hoursLit = 3;
    element.lit = true;
    await element.updateComplete;
    expect(words(element)).to.equal('blue, 3, on');
    expect(element.drawings).to.equal(1);
    element.bulb = {};
    await element.updateComplete;
    expect(element.drawings).to.equal(2);
    element.remove();
  });

  it('reflects a boolean, both ways', async () => {
    const element = await lamp();
    element.lit = true;
    await element.updateComplete;
    expect(element.hasAttribute('lit')).to.equal(true);
    element.lit = false;
    await element.updateComplete;
    expect(element.hasAttribute('lit')).to.equal(false);
  });

  it('keeps what was set before the element was defined', async () => {
    const host = await fixture<HTMLElement>(markup`<div></div>`);
    const element = host.appendChild(document.createElement('late-lamp')) as LampElement;
    element.colour = 'green';
    element.setAttribute('hours-lit', '5');
    customElements.define('late-lamp', class extends LampElement {});
    await element.updateComplete;
    expect(words(element)).to.equal('green, 5, off');
    element.colour = 'pink';
    await element.updateComplete;
    expect(words(element), 'the accessor is in use again').to.equal('pink, 5, off');
  });

  it('keeps its styles in another document, and on the way back', async () => {
    const element = await lamp();
    const home = element.parentElement!;
    expect(colour(element)).to.equal('rgb(1, 2, 3)');
    const frame = home.appendChild(document.createElement('iframe'));
    frame.contentDocument!.body.append(element);
    expect(colour(element), 'in the frame').to.equal('rgb(1, 2, 3)');
    home.append(element);
    expect(colour(element), 'back again').to.equal('rgb(1, 2, 3)');
  });

  it('tells its controllers of its life, in order', async () => {
    const element = await lamp();
    const told: string[] = [];
    element.addController({
      hostConnected: () => told.push('connected'),
      hostDisconnected: () => told.push('disconnected'),
      hostUpdate: () => told.push(`update after ${element.drawings}`),
      hostUpdated: () => told.push(`updated after ${element.drawings}`),
    });
    const home = element.parentElement!;
    element.remove();
    home.append(element);
    await element.updateComplete;
    expect(told).to.deep.equal(['disconnected', 'connected', 'update after 1', 'updated after 2']);
  });

  it('draws again after a drawing that failed, and tells the failure', async () => {
    const element = await lamp();
    const render = element['render'].bind(element);
    element['render'] = () => {
      throw new Error('broken bulb');
    };
    element.requestUpdate();
    expect(await element.updateComplete.catch(String)).to.equal('Error: broken bulb');
    element['render'] = render;
    element.colour = 'amber';
    expect(await element.updateComplete).to.equal(true);
    expect(words(element)).to.contain('amber');
  });
});
