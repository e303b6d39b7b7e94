import { expect, fixture, html } from '@open-wc/testing';
import { registerLocale } from '../../../src/locales/registry.js';
import { de } from '../../../src/locales/de.js';
import { fr } from '../../../src/locales/fr.js';
import type { ScriptedVoiceElement } from '../../support/scripted-session.js';
import '../../support/scripted-session.js';

registerLocale('de', de);
registerLocale('fr', fr);

const START = { en: 'Start talking', de: de.start, fr: fr.start };

/** The button's words, as soon as a change of the page has been seen. */
async function words(element: ScriptedVoiceElement): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
  return element.shadowRoot!.querySelector('[part~="start-button"]')!.textContent!.trim();
}

describe('the language is that of the nearest ancestor', () => {
  it('which may change it, take it away and give it back', async () => {
    const section = await fixture<HTMLElement>(
      html`<section>
        <p><scripted-voice></scripted-voice></p>
      </section>`,
    );
    const element = section.querySelector('scripted-voice')!;
    expect(await words(element)).to.equal(START.en);
    section.lang = 'de';
    expect(await words(element)).to.equal(START.de);
    section.firstElementChild!.setAttribute('lang', 'fr');
    expect(await words(element)).to.equal(START.fr);
    section.firstElementChild!.removeAttribute('lang');
    expect(await words(element)).to.equal(START.de);
    section.removeAttribute('lang');
    expect(await words(element)).to.equal(START.en);
  });

  it('outside of the shadow roots that it is in', async () => {
    const outer = await fixture<HTMLElement>(html`<section><div></div></section>`);
    const host = outer.firstElementChild!;
    const middle = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('article'));
    const element = middle.appendChild(document.createElement('scripted-voice'));
    outer.lang = 'de';
    expect(await words(element)).to.equal(START.de);
    middle.lang = 'fr';
    expect(await words(element)).to.equal(START.fr);
  });

  it('where it is moved to', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <section lang="de"><scripted-voice></scripted-voice></section>
        <section lang="fr"></section>
      </div>`,
    );
    const [from, to] = page.children as unknown as [HTMLElement, HTMLElement];
    const element = from.querySelector('scripted-voice')!;
    expect(await words(element)).to.equal(START.de);
    const move = 'moveBefore' in to ? 'moveBefore' : 'insertBefore';
    (to as unknown as Record<string, (node: Node, before: null) => void>)[move]!(element, null);
    expect(await words(element)).to.equal(START.fr);
    to.lang = 'de';
    expect(await words(element)).to.equal(START.de);
  });
});
