import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusHint, statusWord, type StatusFacts } from '../../../src/element/card/status.js';
import { en } from '../../../src/locales/en.js';

const LISTENING: StatusFacts = {
  state: 'listening',
  failure: undefined,
  microphone: 'on',
  muted: false,
  pushToTalk: false,
  talking: false,
  ended: undefined,
  weakConnection: false,
};
const IDLE = { state: 'idle', microphone: undefined } as const;
const ENGLISH = { code: 'en', strings: en };

describe('the status', () => {
  const word = (facts: Partial<StatusFacts>): string => statusWord({ ...LISTENING, ...facts }, ENGLISH);
  const hint = (facts: Partial<StatusFacts>): string | undefined => statusHint({ ...LISTENING, ...facts }, ENGLISH);

  it('says "Listening" only when the visitor can be heard', () => {
    assert.equal(word({}), 'Listening');
    assert.equal(word({ muted: true }), 'Microphone muted');
    assert.equal(word({ microphone: 'off' }), 'Your turn');
    assert.equal(word({ pushToTalk: true }), 'Your turn');
    assert.equal(word({ pushToTalk: true, talking: true }), 'Listening');
  });

  it('points at the permission prompt while it is open', () => {
    const asking = { state: 'connecting', microphone: 'asking' } as const;
    assert.equal(word(asking), 'Allow the microphone');
    assert.match(hint(asking)!, /Allow/);
  });

  it('says what failed, and never "error"', () => {
    const failed = { state: 'failed', failure: 'microphone-missing', microphone: undefined } as const;
    assert.equal(word(failed), 'No microphone was found');
    assert.equal(hint({ ...failed, weakConnection: true }), undefined);
    const sentences = Object.values(en.errors).flat();
    assert.equal(sentences.length, 36);
    assert.deepEqual(
      sentences.filter((text) => /error/i.test(text) || text.length < 15),
      [],
    );
  });

  it('has a hint while the connection is weak', () => {
    assert.equal(hint({ state: 'speaking', weakConnection: true }), 'The connection is weak');
    assert.equal(hint({ state: 'speaking' }), undefined);
  });

  it('says after a call how long it was, and why it ended if the visitor did not end it', () => {
    const ended = { reason: 'idle', durationMs: 84_000, usage: {} as never, transcript: [] } as const;
    assert.equal(word({ ...IDLE, ended }), 'Call ended');
    assert.equal(hint({ ...IDLE, ended }), `1 min 24 sec · ${en.endReasons.idle}`);
    assert.equal(hint({ ...IDLE, ended: { ...ended, reason: 'stopped' } }), '1 min 24 sec');
  });

  it('has no hint before the first call', () => {
    assert.equal(hint(IDLE), undefined);
  });
});
