import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration } from '../../src/element/duration.js';
import { statusHint, statusWord, type StatusContext } from '../../src/element/status.js';
import { en } from '../../src/locales/en.js';
import { lookupLocale, onLocaleRegistered } from '../../src/locales/lookup.js';
import { registerLocale } from '../../src/locales/registry.js';

const LISTENING: StatusContext = {
  state: 'listening',
  failure: undefined,
  ended: undefined,
  microphone: 'on',
  muted: false,
  pushToTalk: false,
  talking: false,
  weak: false,
  lang: 'en',
};

describe('the status', () => {
  const word = (changes: Partial<StatusContext>): string => statusWord({ ...LISTENING, ...changes }, en);

  it('never says that it listens when it cannot hear', () => {
    assert.equal(word({}), 'Listening');
    assert.equal(word({ muted: true }), 'You are muted');
    assert.equal(word({ microphone: 'off' }), 'Your turn');
    assert.equal(word({ pushToTalk: true }), 'Your turn');
    assert.equal(word({ pushToTalk: true, talking: true }), 'Listening');
  });

  it('points at the permission prompt while it is open', () => {
    assert.equal(word({ state: 'connecting', microphone: 'asking' }), 'Allow the microphone');
    assert.match(statusHint({ ...LISTENING, state: 'connecting', microphone: 'asking' }, en)!, /Allow/);
  });

  it('says what failed, and never "error"', () => {
    assert.equal(word({ state: 'failed', failure: 'microphone-missing' }), 'No microphone was found');
    const sentences = Object.values(en.errors).flatMap(({ sentence, fix }) => [sentence, fix]);
    assert.equal(sentences.length, 36);
    assert.deepEqual(sentences.filter((text) => /error/i.test(text) || text.length < 15), []);
  });

  it('tells how long a call was, and why it ended unasked', () => {
    const ended = { reason: 'idle', durationMs: 84_000, usage: {} as never, transcript: [] } as const;
    assert.equal(word({ state: 'idle', ended }), 'Call ended');
    const hint = statusHint({ ...LISTENING, state: 'idle', ended }, en);
    assert.equal(hint, '1 min 24 sec · It ended because nobody was speaking.');
  });

  it('tells before the first call whom one will speak with', () => {
    assert.match(statusHint({ ...LISTENING, state: 'idle' }, en)!, /AI assistant/);
  });
});

it('a duration is told in the words of the language', () => {
  assert.equal(formatDuration(9_400, 'en'), '9 sec');
  assert.equal(formatDuration(120_000, 'en'), '2 min 0 sec');
  assert.match(formatDuration(84_000, 'de'), /1 Min\. 24 Sek\./);
});

describe('the registry of languages', () => {
  it('finds the nearest language and falls back to English', () => {
    let told = 0;
    const stop = onLocaleRegistered(() => told++);
    registerLocale('qd', { ...en, start: 'Los' });
    stop();
    registerLocale('qp-BR', en);
    assert.equal(told, 1);
    assert.equal(lookupLocale('qd-AT').strings.start, 'Los');
    assert.equal(lookupLocale('QD').code, 'qd');
    assert.equal(lookupLocale('qp-br').code, 'qp-BR');
    assert.deepEqual(['qp', 'qf', ''].map((lang) => lookupLocale(lang).code), ['en', 'en', 'en']);
  });

  it('takes single words, in any depth, and says the rest as before', () => {
    registerLocale('qw', { start: 'Ask us', states: { idle: 'Here we are' } });
    registerLocale('qw', { end: 'Bye' });
    const { strings } = lookupLocale('qw');
    assert.deepEqual([strings.start, strings.end, strings.states.idle], ['Ask us', 'Bye', 'Here we are']);
    assert.deepEqual([strings.states.listening, strings.cancel], [en.states.listening, en.cancel]);
  });
});

it('the package imports where there is no browser', async () => {
  const { RealtimeVoiceElement, VoiceSession } = await import('../../src/index.js');
  assert.equal(typeof RealtimeVoiceElement, 'function');
  assert.equal(typeof VoiceSession, 'function');
});
