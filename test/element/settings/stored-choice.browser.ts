import { expect } from '@open-wc/testing';
import { StoredChoice } from '../../../src/element/settings/stored-choice.js';

const asNumber = (stored: unknown): number | undefined => (typeof stored === 'number' ? stored : undefined);
const stored = (): StoredChoice<number> => new StoredChoice('test', asNumber);

describe('a stored choice', () => {
  const { localStorage } = window;
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    Object.defineProperty(window, 'localStorage', { configurable: true, get: () => localStorage });
    localStorage.clear();
  });

  it('is there again for the next reader, until it is taken back', () => {
    stored().value = 3;
    expect(stored().value).to.equal(3);
    stored().value = undefined;
    expect([stored().value, localStorage.length]).to.deep.equal([undefined, 0]);
  });

  it('is undefined when what is stored is no JSON', () => {
    localStorage.setItem('realtime-voice-test', '{');
    expect(stored().value).to.equal(undefined);
  });

  it('is kept until the page is left where storage is forbidden', () => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('Forbidden', 'SecurityError');
      },
    });
    const choice = stored();
    expect(choice.value).to.equal(undefined);
    choice.value = 3;
    expect([choice.value, stored().value]).to.deep.equal([3, 3]);
    choice.value = undefined;
    expect(choice.value).to.equal(undefined);
  });

  it('is undefined when what is stored has another shape', () => {
    localStorage.setItem('realtime-voice-test', '"3"');
    expect(stored().value).to.equal(undefined);
  });
});
