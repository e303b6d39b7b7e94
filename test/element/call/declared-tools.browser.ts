import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { VoiceError } from '../../../src/errors.js';
import type { ScriptedVoiceElement } from '../../support/scripted-session.js';
import '../../support/scripted-session.js';
import '../../../src/index.js';

const WEATHER = { name: 'weather', description: 'The weather now', parameters: { type: 'object' } };

/** As a page writes it; the script is a child like any other. */
async function page(...scripts: readonly string[]): Promise<ScriptedVoiceElement> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement('scripted-voice');
  for (const json of scripts) {
    const script = document.createElement('script');
    script.type = 'application/json';
    script.slot = 'tools';
    script.textContent = json;
    element.append(script);
  }
  host.append(element);
  await element.updateComplete;
  return element;
}

const known = (element: ScriptedVoiceElement): unknown => element.script.options.tools;

describe('tools declared in the markup', () => {
  it('are added to those that a script has set', async () => {
    const element = await page(JSON.stringify([WEATHER]));
    expect(known(element)).to.deep.equal([WEATHER]);
    const greet = { name: 'greet', execute: () => 'hello' };
    element.tools = [greet];
    await element.updateComplete;
    expect(known(element)).to.deep.equal([greet, WEATHER]);
  });

  for (const [what, tools] of Object.entries({
    'an object': {},
    'a number': 5,
    'a text': 'x',
    'a list with null': [null],
    'a tool without a name': [{ parameters: {} }],
    'a schema that is no JSON': [{ name: 'clock', parameters: { step: 1n } }],
  })) {
    it(`set by a script to ${what} are a fault of the next start, and a running call keeps its tools`, async () => {
      const element = await page(JSON.stringify([WEATHER]));
      element.tools = tools as never;
      await element.updateComplete;
      expect(known(element)).to.deep.equal([WEATHER]);
      const { fault } = element.script.options as { fault?: VoiceError };
      expect([fault?.code, fault?.message.startsWith('The property tools')]).to.deep.equal(['configuration', true]);
      element.tools = [];
      await element.updateComplete;
      expect(element.script.options).to.have.property('fault', undefined);
    });
  }

  it('are the same object for the session until they change', async () => {
    const element = await page(JSON.stringify([WEATHER]));
    const before = known(element);
    element.label = 'Ask us';
    await element.updateComplete;
    expect(known(element)).to.equal(before);
  });

  it('can change while the page runs', async () => {
    const element = await page(JSON.stringify([WEATHER]));
    element.querySelector('script')!.textContent = '[{"name":"clock"}]';
    await aTimeout(0);
    expect(known(element)).to.deep.equal([{ name: 'clock' }]);
  });

  for (const [what, json] of Object.entries({
    'no JSON': '[{name: "x"}]',
    'no array': '{"name":"x"}',
    'a tool without a name': '[{}]',
    'no tool': '[null]',
  })) {
    it(`with ${what} in them are a fault that fails the next start`, async () => {
      const element = await page(json);
      expect(known(element)).to.deep.equal([]);
      const { fault } = element.script.options as { fault?: VoiceError };
      expect(fault?.code).to.equal('configuration');
      expect(fault?.message).to.contain('slot="tools"');
      element.querySelector('script')!.textContent = '[]';
      await aTimeout(0);
      expect(element.script.options).to.have.property('fault', undefined);
    });
  }

  it('that are broken fail a start before any request or prompt', async () => {
    const element = document.createElement('realtime-voice');
    element.innerHTML = '<script type="application/json" slot="tools">nonsense</script>';
    document.body.append(element);
    const told: string[] = [];
    for (const type of ['voice-start', 'voice-error', 'voice-end'] as const)
      element.addEventListener(type, () => told.push(type));
    const error = (await element.start().catch((reason: unknown) => reason)) as VoiceError;
    expect(error.code).to.equal('configuration');
    expect([element.state, element.error, told]).to.deep.equal([
      'failed',
      error,
      ['voice-start', 'voice-error', 'voice-end'],
    ]);
    element.remove();
  });
});
