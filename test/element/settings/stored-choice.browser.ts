import { expect } from '@open-wc/testing';
import { StoredChoice } from '../../../src/element/settings/stored-choice.js';

describe('a stored choice', () => {
  const { localStorage } = window;
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    Object.defineProperty(window, 'localStorage', { configurable: true, get: () => localStorage });
    localStorage.clear();
  });

  it('is there again for the next reader, until it is taken back', () => {
    new StoredChoice<number>('test').value = 3;
    expect(new StoredChoice<number>('test').value).to.equal(3);
    new StoredChoice<number>('test').value = undefined;
    expect([new StoredChoice<number>('test').value, localStorage.length]).to.deep.equal([undefined, 0]);
  });

  it('is undefined when what is stored is no JSON', () => {
    localStorage.setItem('realtime-voice-test', '{');
    expect(new StoredChoice<number>('test').value).to.equal(undefined);
  });

  it('is kept until the page is left where storage is forbidden', () => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('Forbidden', 'SecurityError');
      },
    });
    const choice = new StoredChoice<number>('test');
    expect(choice.value).to.equal(undefined);
    choice.value = 3;
    expect(choice.value).to.equal(3);
  });
});
