import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en } from '../../src/locales/en.js';
import { lookupLocale } from '../../src/locales/lookup.js';
import { registerLocale, registry } from '../../src/locales/registry.js';

describe('the registry of languages', () => {
  it('finds the nearest language and falls back to English', () => {
    let told = 0;
    registry.listeners = new Set([() => told++]);
    registerLocale('qd', { ...en, start: 'Los' });
    registry.listeners.clear();
    registerLocale('qp-BR', en);
    assert.equal(told, 1);
    assert.equal(lookupLocale('qd-AT').strings.start, 'Los');
    assert.equal(lookupLocale('QD').code, 'qd');
    assert.equal(lookupLocale('qp-br').code, 'qp-BR');
    assert.deepEqual(
      ['qp', 'qf', ''].map((lang) => lookupLocale(lang).code),
      ['en', 'en', 'en'],
    );
  });

  it('takes single words, in any depth, and says the rest as before', () => {
    registerLocale('qw', { start: 'Ask us', states: { idle: 'Here we are' }, consent: ['Wait'] });
    registerLocale('qw', { end: 'Bye' });
    const { strings } = lookupLocale('qw');
    assert.deepEqual([strings.start, strings.end, strings.states.idle], ['Ask us', 'Bye', 'Here we are']);
    assert.deepEqual([strings.states.listening, strings.cancel], [en.states.listening, en.cancel]);
    assert.deepEqual([strings.consent[0], strings.consent[1]], ['Wait', en.consent[1]]);
  });
});

it('the package imports where there is no browser', async () => {
  const { RealtimeVoiceElement, VoiceSession } = await import('../../src/index.js');
  assert.equal(typeof RealtimeVoiceElement, 'function');
  assert.equal(typeof VoiceSession, 'function');
});
