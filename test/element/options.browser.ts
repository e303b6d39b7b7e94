import { expect, fixture, html } from '@open-wc/testing';
import { CALL_OPTIONS, VIEW_OPTIONS } from '../../src/element/options.js';
import { warningsOf } from '../support/console-warnings.js';
import { ScriptedVoiceElement } from '../support/scripted-session.js';
import { mount } from '../support/scripted-voice.js';

const OPTIONS = Object.entries({ ...CALL_OPTIONS, ...VIEW_OPTIONS });

/** A value that is not the default of the option, as an attribute has it. */
const otherValue = ({ words }: { words?: readonly unknown[] }): string => String(words?.at(-1) ?? 7);

describe('the options', () => {
  for (const [name, option] of OPTIONS) {
    const { attribute, default: initial } = option;
    const other = otherValue(option);

    it(`${name} has its default at first, and again when it is set to null or undefined`, async () => {
      const { element } = await mount();
      const properties = element as unknown as Record<string, unknown>;
      expect(properties[name]).to.equal(initial);
      for (const nothing of [null, undefined]) {
        properties[name] = typeof initial === 'boolean' ? true : other;
        await element.updateComplete;
        properties[name] = nothing;
        await element.updateComplete;
        expect(properties[name]).to.equal(initial);
      }
    });

    if (typeof attribute !== 'string') continue;

    it(`${name} is set by ${attribute}, and has its default when the attribute is removed`, async () => {
      const { element } = await mount({ [attribute]: other });
      const properties = element as unknown as Record<string, unknown>;
      expect(String(properties[name])).to.equal(typeof initial === 'boolean' ? 'true' : other);
      element.removeAttribute(attribute);
      expect(properties[name]).to.equal(initial);
    });
  }

  for (const [name, { attribute, default: initial }] of OPTIONS) {
    if (initial !== false || typeof attribute !== 'string') continue;

    it(`${name} is false for ${attribute}="false", which Vue and Svelte write, and the attribute goes`, async () => {
      const { element } = await mount({ [attribute]: '' });
      const properties = element as unknown as Record<string, unknown>;
      expect(properties[name]).to.equal(true);
      element.setAttribute(attribute, 'false');
      await element.updateComplete;
      expect(properties[name]).to.equal(false);
      expect(element.hasAttribute(attribute)).to.equal(false);
      element.setAttribute(attribute, '');
      await element.updateComplete;
      expect(properties[name]).to.equal(true);
    });

    it(`${name} is false when the markup has ${attribute}="false"`, async () => {
      const { element } = await mount({ [attribute]: 'false' });
      expect((element as unknown as Record<string, unknown>)[name]).to.equal(false);
      expect(element.hasAttribute(attribute)).to.equal(false);
    });
  }

  for (const name of ['idleTimeout', 'maxDuration'] as const) {
    const { attribute, default: initial } = CALL_OPTIONS[name];

    it(`${name} has its default for what is no duration: a mistake makes no call endless`, async () => {
      const { element } = await mount();
      for (const mistake of [' ', '\n', [], [5], {}, true, false, 5n, new Date(0), -1, '-1', NaN, '5 min', 'never']) {
        Object.assign(element, { [name]: 7 });
        Object.assign(element, { [name]: mistake });
        await element.updateComplete;
        expect(element[name], String(mistake)).to.equal(initial);
      }
      for (const mistake of [' ', '-1', '5 min', 'never']) {
        element.setAttribute(attribute as string, '7');
        element.setAttribute(attribute as string, mistake);
        expect(element[name], mistake).to.equal(initial);
      }
    });

    it(`${name} is without limit for 0 and for Infinity, and may have blanks around it`, async () => {
      const { element } = await mount();
      for (const [set, value] of [
        [0, 0],
        ['0', 0],
        [Infinity, Infinity],
        [' 5 ', 5],
        ['1.5', 1.5],
      ] as const) {
        Object.assign(element, { [name]: set });
        await element.updateComplete;
        expect(element[name], String(set)).to.equal(value);
        element.setAttribute(attribute as string, String(set));
        expect(element[name], String(set)).to.equal(value);
      }
    });
  }

  it('are announced by the attributes that CONTRACT names', () => {
    expect([...ScriptedVoiceElement.observedAttributes].sort()).to.deep.equal(
      [
        'token-url token-method calls-url session-url credentials greet push-to-talk no-reconnect idle-timeout',
        'no-settings no-export persist greeting launcher-label avatar-src nudge nudge-after',
        'handover-label collect-feedback languages',
        'preconnect max-duration label disabled no-transcript no-text-input muted variant theme placement open consent state',
      ]
        .flatMap((line) => line.split(' '))
        .sort(),
    );
  });

  it('that are booleans are reflected, both ways', async () => {
    const { element } = await mount();
    for (const [name, { attribute, default: initial }] of OPTIONS) {
      if (typeof initial !== 'boolean') continue;
      const properties = element as unknown as Record<string, unknown>;
      properties[name] = true;
      await element.updateComplete;
      expect(element.hasAttribute(attribute as string), name).to.equal(true);
      properties[name] = false;
      await element.updateComplete;
      expect(element.hasAttribute(attribute as string), name).to.equal(false);
    }
  });

  it('that are words are told once, in one sentence, when a page has another one', async () => {
    const told = await warningsOf(async () => {
      const { element } = await mount({ theme: 'glas', variant: 'Compact' });
      element.setAttribute('theme', 'SOFT');
      await element.updateComplete;
      element.setAttribute('theme', 'glas');
      await element.updateComplete;
      expect([element.theme, element.variant]).to.deep.equal([undefined, 'compact']);
    });
    expect(told).to.deep.equal(['<realtime-voice> theme: "glas" is not known. Use plain, soft, contrast, glass.']);
  });

  it('avatarSrc is told once if it is no URL, and no picture is shown', async () => {
    const { element, part } = await mount();
    const told = await warningsOf(async () => {
      for (const mistake of [5, {}, ['/a.png'], true, () => '/a.png']) {
        Object.assign(element, { avatarSrc: mistake });
        await element.updateComplete;
        expect([element.avatarSrc, part('avatar')], String(mistake)).to.deep.equal([undefined, null]);
      }
      Object.assign(element, { avatarSrc: new URL('data:image/png,') });
      await element.updateComplete;
      expect(part('avatar')!.getAttribute('src')).to.equal('data:image/png,');
    });
    expect(told).to.deep.equal([
      '<realtime-voice> avatarSrc is no URL. Use a text, such as "/pictures/assistant.jpg".',
    ]);
  });

  it('theme is reflected, so that style sheets can select it', async () => {
    const { element } = await mount({ theme: 'SOFT' });
    expect(element.getAttribute('theme')).to.equal('soft');
    element.theme = 'glass';
    await element.updateComplete;
    expect(element.getAttribute('theme')).to.equal('glass');
  });

  it('that were set before the element was defined count, also for a start in the same task', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const element = host.appendChild(document.createElement('late-voice')) as ScriptedVoiceElement;
    element.tokenUrl = '/early';
    element.label = 'Ask us';
    element.setAttribute('idle-timeout', '5');
    customElements.define('late-voice', class extends ScriptedVoiceElement {});
    void element.start();
    expect(element.script.options).to.include({ tokenUrl: '/early', idleTimeout: 5 });
    element.label = 'Ask them';
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('.heading')!.textContent!.trim()).to.equal('Ask them');
  });

  it('that change together cause one rendering, and none before the element is in a document', async () => {
    const element = document.createElement('scripted-voice');
    let renderings = 0;
    element.addController({ hostUpdated: () => renderings++ });
    element.label = 'Ask us';
    await new Promise((resolve) => setTimeout(resolve));
    expect(renderings).to.equal(0);
    document.body.append(element);
    element.disabled = true;
    element.noTextInput = true;
    await element.updateComplete;
    expect(renderings).to.equal(1);
    element.remove();
  });
});
