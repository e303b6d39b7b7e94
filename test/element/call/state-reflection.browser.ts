import { expect } from '@open-wc/testing';
import { StateReflection } from '../../../src/element/call/state-reflection.js';

class StateElement extends HTMLElement {
  state = 'idle';
  muted = false;
  userSpeaking = false;
  readonly reflection = new StateReflection(this, this.attachInternals());
}

describe('the reflected state', () => {
  let element: StateElement;
  const reflect = (changes: Partial<StateElement>): void => {
    Object.assign(element, changes);
    element.reflection.reflect();
  };
  before(() => customElements.define('state-element', StateElement));
  beforeEach(() => {
    element = document.createElement('state-element') as StateElement;
  });

  it('is an attribute and a custom state, one at a time', () => {
    reflect({ state: 'listening' });
    expect([element.getAttribute('state'), element.matches(':state(listening)')]).to.deep.equal(['listening', true]);
    reflect({ state: 'speaking' });
    expect([element.getAttribute('state'), element.matches(':state(speaking)')]).to.deep.equal(['speaking', true]);
    expect(element.matches(':state(listening)')).to.equal(false);
  });

  it('has custom states for a muted microphone and a speaking visitor', () => {
    reflect({ muted: true, userSpeaking: true });
    expect(element.matches(':state(muted):state(user-speaking)')).to.equal(true);
    reflect({ muted: false, userSpeaking: false });
    expect([element.matches(':state(muted)'), element.matches(':state(user-speaking)')]).to.deep.equal([false, false]);
  });

  it('writes only what has changed', async () => {
    reflect({ state: 'listening' });
    const writes: (string | null)[] = [];
    const observer = new MutationObserver((records) => writes.push(...records.map((record) => record.attributeName)));
    observer.observe(element, { attributes: true });
    reflect({ userSpeaking: true });
    reflect({});
    reflect({ state: 'speaking' });
    await Promise.resolve();
    expect(writes).to.deep.equal(['state']);
    observer.disconnect();
  });
});
