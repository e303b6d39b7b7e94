import { aTimeout, expect } from '@open-wc/testing';
import { Intent } from '../../../src/element/controls/intent.js';

const TYPES = ['move', 'down', 'up', 'leave', 'cancel'].map((type) => `pointer${type}`);

/** A button, with what the visitor does to it and what it is taken for. */
class Test {
  readonly seen: string[] = [];
  readonly button = document.createElement('button');

  constructor() {
    const intent = new Intent({
      near: () => void this.seen.push('near'),
      press: () => void this.seen.push('press'),
      leave: () => void this.seen.push('leave'),
    });
    for (const type of [...TYPES, 'keydown', 'keyup', 'blur']) this.button.addEventListener(type, intent);
  }

  pointer(...types: string[]): this {
    for (const type of types) this.button.dispatchEvent(new PointerEvent(`pointer${type}`));
    return this;
  }

  key(type: 'down' | 'up', key: string, repeat = false): this {
    this.button.dispatchEvent(new KeyboardEvent(`key${type}`, { key, repeat }));
    return this;
  }
}

describe('the intent to press a button', () => {
  let test: Test;
  beforeEach(() => (test = new Test()));

  it('is near when a pointer rests there, and not when it passes over', async () => {
    test.pointer('move', 'leave');
    await aTimeout(150);
    expect(test.seen).to.deep.equal([]);
    test.pointer('move', 'move');
    await aTimeout(150);
    expect(test.seen).to.deep.equal(['near']);
  });

  it('is near when a key is used there that neither presses it nor passes over it', () => {
    for (const key of ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape']) test.key('down', key).key('up', key);
    expect(test.seen).to.deep.equal([]);
    test.key('down', 'ArrowDown');
    expect(test.seen).to.deep.equal(['near']);
  });

  for (const [how, events] of [
    ['the pointer leaves', ['leave']],
    ['the pointer is taken away', ['cancel']],
  ] as const) {
    it(`is taken back when ${how} while it is down`, () => {
      test.pointer('move', 'down', ...events);
      expect(test.seen).to.deep.equal(['press', 'leave']);
      test.pointer('leave', 'leave');
      expect(test.seen).to.deep.equal(['press', 'leave']);
    });
  }

  it('is not taken back by a finger, which leaves as it is lifted, unless no click follows', async () => {
    test.pointer('down', 'up', 'leave');
    expect(test.seen).to.deep.equal(['press']);
    await aTimeout(600);
    expect(test.seen).to.deep.equal(['press', 'leave']);
  });

  it('is not taken back while another press follows a release', async () => {
    test.pointer('down', 'up', 'down');
    await aTimeout(600);
    expect(test.seen).to.deep.equal(['press', 'press']);
  });

  it('begins with Enter or Space going down, once, and is taken back when the focus goes', () => {
    test.key('down', ' ').key('down', ' ', true);
    test.button.dispatchEvent(new FocusEvent('blur'));
    test.key('up', ' ');
    expect(test.seen).to.deep.equal(['press', 'leave']);
    test.key('down', 'Enter', true);
    expect(test.seen).to.deep.equal(['press', 'leave']);
    test.key('down', 'Enter');
    expect(test.seen).to.deep.equal(['press', 'leave', 'press']);
  });

  it('is not a press with another button of the mouse', () => {
    test.button.dispatchEvent(new PointerEvent('pointerdown', { button: 2 }));
    test.pointer('leave');
    expect(test.seen).to.deep.equal([]);
  });
});
