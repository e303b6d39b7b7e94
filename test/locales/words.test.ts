import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration } from '../../src/locales/duration.js';
import { statusHint, statusWord, type StatusContext } from '../../src/element/card/status.js';
import { en } from '../../src/locales/en.js';
import { lookupLocale } from '../../src/locales/lookup.js';
import { registerLocale, registry } from '../../src/locales/registry.js';

const HOST: StatusContext['host'] = {
  state: 'listening',
  error: undefined,
  muted: false,
  pushToTalk: false,
  session: { microphone: 'on' },
};
const IDLE: Partial<StatusContext['host']> = { state: 'idle', session: undefined };
const status = (host: Partial<StatusContext['host']>, rest: Partial<StatusContext> = {}): StatusContext => ({
  host: { ...HOST, ...host },
  locale: { code: 'en', strings: en },
  talk: { talking: false },
  ended: undefined,
  weak: false,
  ...rest,
});

describe('the status', () => {
  const word = (...given: Parameters<typeof status>): string => statusWord(status(...given));
  const hint = (...given: Parameters<typeof status>): string | undefined => statusHint(status(...given));

  it('never says that it listens when it cannot hear', () => {
    assert.equal(word({}), 'Listening');
    assert.equal(word({ muted: true }), 'Microphone muted');
    assert.equal(word({ session: { microphone: 'off' } }), 'Your turn');
    assert.equal(word({ pushToTalk: true }), 'Your turn');
    assert.equal(word({ pushToTalk: true }, { talk: { talking: true } }), 'Listening');
  });

  it('points at the permission prompt while it is open', () => {
    const asking = { state: 'connecting', session: { microphone: 'asking' } } as const;
    assert.equal(word(asking), 'Allow the microphone');
    assert.match(hint(asking)!, /Allow/);
  });

  it('says what failed, and never "error"', () => {
    const failed = { state: 'failed', error: { code: 'microphone-missing' }, session: undefined } as const;
    assert.equal(word(failed), 'No microphone was found');
    assert.equal(hint(failed, { weak: true }), undefined);
    const sentences = Object.values(en.errors).flat();
    assert.equal(sentences.length, 36);
    assert.deepEqual(
      sentences.filter((text) => /error/i.test(text) || text.length < 15),
      [],
    );
  });

  it('tells of a weak connection while there is one', () => {
    assert.equal(hint({ state: 'speaking' }, { weak: true }), 'The connection is weak');
    assert.equal(hint({ state: 'speaking' }), undefined);
  });

  it('tells how long a call was, and why it ended unasked', () => {
    const ended = { reason: 'idle', durationMs: 84_000, usage: {} as never, transcript: [] } as const;
    assert.equal(word(IDLE, { ended }), 'Call ended');
    assert.equal(hint(IDLE, { ended }), `1 min 24 sec · ${en.endReasons.idle}`);
    assert.equal(hint(IDLE, { ended: { ...ended, reason: 'stopped' } }), '1 min 24 sec');
  });

  it('tells before the first call whom one will speak with', () => {
    assert.match(hint(IDLE)!, /AI assistant/);
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
