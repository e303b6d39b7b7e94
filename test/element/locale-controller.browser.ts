import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { en } from '../../src/locales/en.js';
import { registerLocale } from '../../src/locales/registry.js';
import { mount } from '../support/scripted-voice.js';

describe('the language', () => {
  before(() => registerLocale('nb', { ...en, start: 'Snakk med oss' }));

  it('comes from the nearest `lang`, and changes with it', async () => {
    const { element, text } = await mount({ lang: 'nb-NO' });
    expect(text('start-button')).to.equal('Snakk med oss');
    expect(element.shadowRoot!.querySelector('.card')!.getAttribute('lang')).to.equal('nb');
    element.lang = 'en';
    await aTimeout(0);
    await element.updateComplete;
    expect(text('start-button')).to.equal('Start talking');
  });

  it('is found through shadow roots', async () => {
    const host = await fixture<HTMLElement>(html`<div lang="nb"></div>`);
    const root = host.attachShadow({ mode: 'open' });
    const { element, text } = await mount();
    root.append(element);
    await aTimeout(0);
    await element.updateComplete;
    expect(text('start-button')).to.equal('Snakk med oss');
  });

  it('can be registered after the element is drawn', async () => {
    const { element, text } = await mount({ lang: 'fi' });
    expect(text('start-button')).to.equal('Start talking');
    registerLocale('fi', { ...en, start: 'Puhu' });
    await element.updateComplete;
    expect(text('start-button')).to.equal('Puhu');
  });

  it('is set apart on the card and on the transcript, which may be in different languages', async () => {
    const { element, part } = await mount({ lang: 'ja' });
    expect(element.shadowRoot!.querySelector('.card')!.getAttribute('lang')).to.equal('en');
    expect(part('transcript')!.getAttribute('lang')).to.equal('ja');
  });

  it('is overlaid with the words of one element, which another element does not have', async () => {
    const one = await mount({ lang: 'nb' });
    const other = await mount({ lang: 'nb' });
    one.element.strings = { start: 'Prat', states: { idle: 'Klar' } };
    await one.element.updateComplete;
    expect([one.text('start-button'), one.text('status')]).to.deep.equal(['Prat', 'Klar']);
    expect(other.text('start-button')).to.equal('Snakk med oss');
    one.element.lang = 'en';
    await aTimeout(0);
    await one.element.updateComplete;
    expect(one.text('start-button')).to.equal('Prat');
    one.element.strings = undefined;
    await one.element.updateComplete;
    expect(one.text('start-button')).to.equal('Start talking');
  });

  it('ignores words of a wrong type', async () => {
    const { element, text } = await mount();
    Object.assign(element, { strings: { start: 5, states: null, unknown: 'words', end: { a: 'b' } } });
    await element.updateComplete;
    expect([text('start-button'), text('status')]).to.deep.equal([en.start, en.states.idle]);
    Object.assign(element, { strings: 'words' });
    await element.updateComplete;
    expect(text('start-button')).to.equal(en.start);
  });
});
