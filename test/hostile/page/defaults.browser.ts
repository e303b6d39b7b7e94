import { expect } from '@open-wc/testing';
import { h, render } from 'preact';
import type { ScriptedVoiceElement } from '../../support/scripted-session.js';
import { mount, type Mounted } from '../../support/scripted-voice.js';

interface Option {
  readonly property: keyof ScriptedVoiceElement;
  /** Where it has one. */
  readonly attribute?: string;
  readonly set: unknown;
  readonly otherwise: unknown;
}

const text = (property: keyof ScriptedVoiceElement, attribute: string, set: string, otherwise?: string): Option => ({
  property,
  attribute,
  set,
  otherwise,
});
const flag = (property: keyof ScriptedVoiceElement, attribute: string): Option => ({
  property,
  attribute,
  set: true,
  otherwise: false,
});
const object = (property: keyof ScriptedVoiceElement, set: unknown, otherwise?: unknown): Option => ({
  property,
  set,
  otherwise,
});

const OPTIONS: readonly Option[] = [
  text('tokenUrl', 'token-url', '/token'),
  text('tokenMethod', 'token-method', 'GET', 'POST'),
  text('callsUrl', 'calls-url', '/calls'),
  text('sessionUrl', 'session-url', '/session'),
  text('credentials', 'credentials', 'include', 'same-origin'),
  text('variant', 'variant', 'floating', 'inline'),
  text('placement', 'placement', 'top-start', 'bottom-end'),
  text('label', 'label', 'Shop'),
  text('consent', 'consent', '2'),
  flag('greet', 'greet'),
  flag('pushToTalk', 'push-to-talk'),
  flag('muted', 'muted'),
  flag('open', 'open'),
  flag('disabled', 'disabled'),
  flag('noTranscript', 'no-transcript'),
  flag('noTextInput', 'no-text-input'),
  flag('noReconnect', 'no-reconnect'),
  { property: 'idleTimeout', attribute: 'idle-timeout', set: 60, otherwise: 180 },
  { property: 'maxDuration', attribute: 'max-duration', set: 60, otherwise: 3600 },
  object('tokenSource', 'ek_1'),
  object('tools', [{ name: 'a', execute: () => 1 }], []),
  object('iceServers', [{ urls: 'stun:stun.example' }]),
  object('audioConstraints', { sampleRate: 8000 }),
  object('initialSession', { instructions: 'Be brief.' }),
  object('inputDeviceId', 'a'),
  object('outputDeviceId', 'b'),
];

/** What it is after a moment, and what the session has been told: both are the default. */
async function expectDefault({ element, session, part }: Mounted, { property, otherwise }: Option): Promise<void> {
  await element.updateComplete;
  expect(element[property]).to.deep.equal(otherwise);
  if (property in session.options) {
    const told = session.options[property as keyof typeof session.options];
    expect(told === undefined ? otherwise : told).to.deep.equal(otherwise);
  }
  expect(!!(part('panel') ?? part('launcher')), 'it is drawn').to.equal(true);
}

describe('an option is its default again', () => {
  for (const option of OPTIONS) {
    const { property, attribute, set } = option;
    const wrong = [null, undefined, ...(typeof option.otherwise === 'boolean' ? [] : [''])];
    for (const value of wrong) {
      it(`when ${property} is set to ${value === '' ? 'no words' : String(value)}`, async () => {
        const mounted = await mount();
        Object.assign(mounted.element, { [property]: set });
        await mounted.element.updateComplete;
        Object.assign(mounted.element, { [property]: value });
        await expectDefault(mounted, option);
      });
    }

    if (attribute) {
      it(`when ${attribute} is removed`, async () => {
        const mounted = await mount({ [attribute]: set === true ? '' : String(set) });
        expect(mounted.element[property]).to.equal(set);
        mounted.element.removeAttribute(attribute);
        await expectDefault(mounted, option);
      });
    }

    it(`when a framework no longer gives ${property}`, async () => {
      const mounted = await mount();
      const root = document.createElement('div');
      mounted.element.replaceWith(root);
      render(h('scripted-voice', { [property]: set }), root);
      const element = root.firstElementChild as ScriptedVoiceElement;
      await element.updateComplete;
      expect(element[property]).to.deep.equal(set);
      render(h('scripted-voice', {}), root);
      const again = { ...mounted, element, session: element.script!, part: partOf(element) };
      await expectDefault(again, option);
      root.remove();
    });
  }

  for (const [attribute, property, wrong, otherwise] of [
    ['idle-timeout', 'idleTimeout', 'soon', 180],
    ['max-duration', 'maxDuration', '', 3600],
    ['placement', 'placement', 'middle', 'bottom-end'],
    ['variant', 'variant', 'sidebar', 'inline'],
    ['token-method', 'tokenMethod', 'PUT', 'POST'],
    ['credentials', 'credentials', 'yes', 'same-origin'],
  ] as const) {
    it(`when ${attribute} is "${wrong}"`, async () => {
      await expectDefault(await mount({ [attribute]: wrong }), { property, attribute, set: wrong, otherwise });
    });
  }
});

it('numbers may be written as text, and what is no number means the default', async () => {
  const { element } = await mount();
  for (const [property, initial] of [
    ['maxDuration', 3600],
    ['idleTimeout', 180],
  ] as const) {
    for (const [given, value] of [
      ['60', 60],
      ['soon', initial],
      [Number.NaN, initial],
    ]) {
      Object.assign(element, { [property]: given });
      await element.updateComplete;
      expect(element[property], String(given)).to.equal(value);
    }
  }
});

describe('the words of an attribute', () => {
  for (const [attribute, property, words, value] of [
    ['token-method', 'tokenMethod', 'post', 'POST'],
    ['token-method', 'tokenMethod', 'Get', 'GET'],
    ['variant', 'variant', 'FLOATING', 'floating'],
    ['placement', 'placement', 'Top-Start', 'top-start'],
    ['credentials', 'credentials', 'Include', 'include'],
  ] as const) {
    it(`are read in any case: ${attribute}="${words}"`, async () => {
      const { element } = await mount({ [attribute]: words });
      expect(element[property]).to.equal(value);
    });
  }
});

function partOf(element: ScriptedVoiceElement): Mounted['part'] {
  return (name) => element.shadowRoot!.querySelector(`[part~="${name}"]`);
}
