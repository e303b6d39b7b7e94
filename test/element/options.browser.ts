import { expect, fixture, html } from '@open-wc/testing';
import { CALL_OPTIONS, VIEW_OPTIONS } from '../../src/element/options.js';
import { ScriptedVoiceElement } from '../support/scripted-session.js';
import { mount } from '../support/scripted-voice.js';

const OPTIONS = Object.entries({ ...CALL_OPTIONS, ...VIEW_OPTIONS });

/** A value that is not the default of the option, as an attribute has it. */
const OTHER = '7';

describe('the options', () => {
  for (const [name, { attribute, default: initial, reflect }] of OPTIONS) {
    it(`${name} has its default at first, and again when it is set to null or undefined`, async () => {
      const { element } = await mount();
      const properties = element as unknown as Record<string, unknown>;
      expect(properties[name]).to.equal(initial);
      for (const nothing of [null, undefined]) {
        properties[name] = typeof initial === 'boolean' ? true : OTHER;
        await element.updateComplete;
        properties[name] = nothing;
        await element.updateComplete;
        expect(properties[name]).to.equal(initial);
      }
    });

    if (typeof attribute !== 'string') continue;

    it(`${name} is set by ${attribute}, and has its default when the attribute is removed`, async () => {
      const { element } = await mount({ [attribute]: OTHER });
      const properties = element as unknown as Record<string, unknown>;
      expect(String(properties[name])).to.equal(reflect ? 'true' : OTHER);
      element.removeAttribute(attribute);
      expect(properties[name]).to.equal(initial);
    });
  }

  it('are announced by the attributes that CONTRACT names', () => {
    expect([...ScriptedVoiceElement.observedAttributes].sort()).to.deep.equal(
      [
        'token-url token-method calls-url session-url credentials greet push-to-talk no-reconnect idle-timeout',
        'max-duration label disabled no-transcript no-text-input muted variant placement open consent',
      ]
        .flatMap((line) => line.split(' '))
        .sort(),
    );
  });

  it('that are booleans are reflected, both ways', async () => {
    const { element } = await mount();
    for (const [name, { attribute, reflect }] of OPTIONS) {
      if (!reflect) continue;
      const properties = element as unknown as Record<string, unknown>;
      properties[name] = true;
      await element.updateComplete;
      expect(element.hasAttribute(attribute as string), name).to.equal(true);
      properties[name] = false;
      await element.updateComplete;
      expect(element.hasAttribute(attribute as string), name).to.equal(false);
    }
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
