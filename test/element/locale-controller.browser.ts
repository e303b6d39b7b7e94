import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { en } from '../../src/locales/en.js';
import { registerLocale } from '../../src/locales/registry.js';
import { warningsOf } from '../support/console-warnings.js';
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

  it('leaves out words of a wrong form, which are told once, with the right form', async () => {
    const { element, text } = await mount();
    const strings = {
      start: 5,
      startAgain: undefined,
      states: { idle: 'Hi', connecting: 7, listening: null },
      yourTurn: null,
      endReasons: { stopped: 'Bye' },
      errors: { 'token-failed': ['Not today'], 'token-unauthorized': 'Sign in', unsupported: ['Old', 5] },
      consent: 'Yes?',
      warnings: ['Hello?'],
      end: { a: 'b' },
      unknown: 'words',
      constructor: 'words',
    };
    const told = await warningsOf(async () => {
      Object.assign(element, { strings });
      await element.updateComplete;
      Object.assign(element, { strings: structuredClone(strings) });
      await element.updateComplete;
    });
    expect(told).to.deep.equal([
      '<realtime-voice> strings: start has to be a text, states.connecting has to be a text, ' +
        'errors.token-unauthorized has to be two texts, errors.unsupported.1 has to be a text, ' +
        'consent has to be two texts, warnings has to be an object with texts, end has to be a text, ' +
        'unknown is not known, constructor is not known. The other texts are used.',
    ]);
    expect([text('start-button'), text('status')]).to.deep.equal([en.start, 'Hi']);
  });

  it('are not read from what is no object, which is told once', async () => {
    const { element, text } = await mount();
    const told = await warningsOf(async () => {
      for (const mistake of ['words', 5, true, ['words'], () => 'words']) {
        Object.assign(element, { strings: mistake });
        await element.updateComplete;
        expect(text('start-button')).to.equal(en.start);
      }
    });
    expect(told).to.deep.equal([
      "<realtime-voice> strings is no object. Use one with texts, such as { start: 'Ask us' }.",
    ]);
  });

  it('of a part of an error stand beside the other part, and a reason to end can be added', async () => {
    const mounted = await mount();
    Object.assign(mounted.element, {
      strings: { endReasons: { stopped: 'Bye.' }, errors: { 'token-failed': ['Not today'] } },
    });
    await mounted.call();
    mounted.session.end('stopped');
    await mounted.element.updateComplete;
    expect(mounted.element.shadowRoot!.querySelector('.hint')!.textContent).to.match(/ · Bye\.$/);
    void mounted.element.start();
    mounted.session.fail('token-failed');
    await mounted.element.updateComplete;
    expect(mounted.text('status')).to.equal('Not today');
    expect(mounted.text('notice')).to.contain(en.errors['token-failed'][1]);
  });
});
