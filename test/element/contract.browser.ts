import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import * as voice from '../../src/index.js';
import * as contract from '../support/contract.js';
import { mount } from '../support/scripted-voice.js';

const { allOf, CUSTOM_STATES, EVENTS, METHODS, PROPERTIES, READ_ONLY, SESSION_METHODS } = contract;
const { RealtimeVoiceElement, VoiceSession } = voice;
const ATTRIBUTES = { ...contract.ATTRIBUTES, ...contract.MORE_ATTRIBUTES };
const OPTIONS = { ...Object.fromEntries(Object.values(ATTRIBUTES)), ...PROPERTIES };
/** What the code marks as internal: neither the manifest nor the types have it. */
const INTERNAL = ['applyOptions', 'connectedMoveCallback'];
const OF_VISITORS = ['visitorOpens', 'visitorPresses', 'visitorLeaves', 'visitorMutes'];
const INTERNAL_OF_SESSION = ['forget'];

type Class = { readonly prototype: object };

/** What a class and its base classes up to `base` define beyond `base`. */
function membersOf(type: Class, base: Class): Map<string, PropertyDescriptor> {
  const members = new Map<string, PropertyDescriptor>();
  for (let proto = type.prototype; proto !== base.prototype; proto = Object.getPrototypeOf(proto) as object) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(proto)))
      if (!members.has(name) && !(name in base.prototype)) members.set(name, member);
  }
  return members;
}

/** What a page finds. The parts are drawn in many states: `test/e2e/parts.e2e.ts` collects them. */
describe('the element has the names of the contract, and of the list beyond it', () => {
  const members = membersOf(RealtimeVoiceElement, LitElement);

  it('attributes', () => {
    expect([...RealtimeVoiceElement.observedAttributes].sort()).to.deep.equal(Object.keys(ATTRIBUTES).sort());
  });

  it('properties with their defaults', () => {
    const element = document.createElement('realtime-voice') as unknown as Record<string, unknown>;
    const defaults = Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, element[name]]));
    expect(defaults).to.deep.equal(OPTIONS);
  });

  it('properties that are only read', () => {
    const readOnly = [...members].filter(([, { get, set }]) => get && !set).map(([name]) => name);
    expect(readOnly.sort()).to.deep.equal(allOf(READ_ONLY).sort());
  });

  it('methods', () => {
    const methods = [...members].filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
    expect(methods.sort()).to.deep.equal([...allOf(METHODS), ...INTERNAL, ...OF_VISITORS].sort());
    expect(allOf(contract.STATICS).filter((name) => !(name in RealtimeVoiceElement))).to.deep.equal([]);
  });

  it('no other member', () => {
    const known = [...Object.keys(OPTIONS), ...allOf(READ_ONLY), ...allOf(METHODS), ...INTERNAL, ...OF_VISITORS];
    expect([...members.keys()].filter((name) => !known.includes(name))).to.deep.equal([]);
  });

  it('methods of a session', () => {
    const found = [...membersOf(VoiceSession, EventTarget)];
    const methods = found.filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
    expect(methods.sort()).to.deep.equal([...allOf(SESSION_METHODS), ...INTERNAL_OF_SESSION].sort());
  });

  it('events: each is an exported class, and all but the raw event bubble', () => {
    const classes = Object.entries(voice).filter(([name]) => /^Voice\w*Event$/.test(name));
    const events = classes.map(([name, type]) => {
      const event = new (type as new (detail: object) => CustomEvent)({});
      return [name, { type: event.type, bubbles: event.bubbles, cancelable: event.cancelable, leaves: event.composed }];
    });
    const expected = Object.entries(EVENTS).map(([type, [name]]) => [
      name,
      { type, bubbles: type !== 'voice-server-event', cancelable: type === 'voice-start', leaves: true },
    ]);
    expect(Object.fromEntries(events)).to.deep.equal(Object.fromEntries(expected));
  });

  it('custom states', async () => {
    const { element, session } = await mount();
    const seen = new Set<string>();
    const look = (): void => {
      for (const name of allOf(CUSTOM_STATES)) if (element.matches(`:state(${name})`)) seen.add(name);
    };
    look();
    for (const state of contract.STATES.contract) {
      if (state === 'failed') session.fail('server-error');
      else session.to(state);
      look();
    }
    element.muted = true;
    session.userSpeaking = true;
    session.changed();
    look();
    expect([...seen].sort()).to.deep.equal(allOf(CUSTOM_STATES).sort());
  });

  it('slots', async () => {
    const drawn = new Set<string>();
    for (const variant of ['inline', 'floating']) {
      const { element, session } = await mount({ variant, consent: '1' });
      const look = (): void => element.shadowRoot!.querySelectorAll('slot').forEach(({ name }) => drawn.add(name));
      look();
      void element.start();
      await element.updateComplete;
      look();
      session.fail('token-unauthorized');
      await element.updateComplete;
      look();
    }
    // Their scripts are not shown: declared-tools.browser.ts and starters.browser.ts test that they are read.
    const read = ['starters', 'tools'];
    expect([...drawn, ...read].sort()).to.deep.equal(allOf(contract.SLOTS).sort());
  });

  it('custom properties', async () => {
    const { element } = await mount();
    const sheets = element.shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    const text = sheets.map(({ cssText }) => cssText).join('\n');
    const used = new Set(text.match(/(?<=--realtime-voice-)[\w-]+/g));
    expect([...used].sort()).to.deep.equal(allOf(contract.CUSTOM_PROPERTIES).sort());
  });
});
