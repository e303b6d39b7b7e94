import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionOpened } from '../../../src/protocol/signals.js';
import { openingUpdate, runningUpdate } from '../../../src/session/recovery/opening-update.js';
import { opened } from '../../protocol/conversation.js';

const SESSION = { ...(opened() as SessionOpened), turnDetection: { type: 'server_vad', threshold: 0.4 } };
const WANTED = { audio: { input: { turn_detection: { type: 'semantic_vad' } }, output: { voice: 'cedar' } } };
const TOOL = { name: 'hours', parameters: { type: 'object' }, execute: () => 'always' };
const detection = (value: unknown): object => ({ audio: { input: { turn_detection: value } } });

describe('what is sent when a session opens', () => {
  it('is nothing if the page wants what the token configured', () => {
    assert.equal(openingUpdate({}, SESSION), undefined);
    const tools = [{ name: 'known to the session' }];
    assert.equal(openingUpdate({ tools }, { ...SESSION, tools }), undefined);
  });

  it('is everything that the page wants to differ, in one update', () => {
    assert.deepEqual(
      openingUpdate({ initialSession: { instructions: 'Be brief.' }, tools: [TOOL], pushToTalk: true }, SESSION),
      {
        instructions: 'Be brief.',
        tools: [{ type: 'function', name: 'hours', description: undefined, parameters: { type: 'object' } }],
        ...detection(null),
      },
    );
  });

  it('keeps the rest of the audio settings when push-to-talk turns detection off', () => {
    assert.deepEqual(openingUpdate({ initialSession: WANTED, pushToTalk: true }, SESSION), {
      audio: { input: { turn_detection: null }, output: { voice: 'cedar' } },
    });
  });

  it('names its type in a transcription session', () => {
    assert.deepEqual(openingUpdate({ initialSession: { a: 1 } }, { ...SESSION, kind: 'transcription' }), {
      type: 'transcription',
      a: 1,
    });
  });
});

describe('turn detection inside a call', () => {
  it('is turned off for push-to-talk, and restored afterwards', () => {
    assert.deepEqual(runningUpdate({}, { pushToTalk: true }, SESSION), detection(null));
    assert.deepEqual(runningUpdate({ pushToTalk: true }, {}, SESSION), detection(SESSION.turnDetection));
  });

  it('is restored as the page has set it', () => {
    assert.deepEqual(
      runningUpdate({ initialSession: WANTED, pushToTalk: true }, { initialSession: WANTED }, SESSION),
      detection({ type: 'semantic_vad' }),
    );
  });

  it('has a default if the token had turned it off', () => {
    assert.deepEqual(
      runningUpdate({ pushToTalk: true }, {}, { ...SESSION, turnDetection: null }),
      detection({ type: 'server_vad' }),
    );
  });
});

describe('tools inside a call', () => {
  const KNOWN = { type: 'function', name: 'known' };
  const session = { ...SESSION, tools: [KNOWN] };
  const announced = { type: 'function', name: 'hours', description: undefined, parameters: { type: 'object' } };

  it('are announced together with those of the session, and withdrawn', () => {
    assert.deepEqual(runningUpdate({}, { tools: [TOOL] }, session), { tools: [KNOWN, announced] });
    assert.deepEqual(runningUpdate({ tools: [TOOL] }, {}, session), { tools: [KNOWN] });
  });

  it('are sent in one update with the turn detection', () => {
    assert.deepEqual(runningUpdate({}, { tools: [TOOL], pushToTalk: true }, session), {
      ...detection(null),
      tools: [KNOWN, announced],
    });
  });

  it('are sent together with those of `initialSession`', () => {
    const initialSession = { tools: [{ name: 'wanted' }] };
    assert.deepEqual(openingUpdate({ initialSession, tools: [TOOL] }, session), {
      tools: [{ name: 'wanted' }, announced],
    });
  });

  it('have no arguments if neither the page nor the session names any', () => {
    const update = openingUpdate({ tools: [{ name: 'refresh', description: 'Reloads.' }, { name: 'known' }] }, session);
    const parameters = { type: 'object', properties: {} };
    assert.deepEqual(update, {
      tools: [KNOWN, { type: 'function', name: 'refresh', description: 'Reloads.', parameters }],
    });
  });

  it('cause no update if the session knows them, and neither does any option that the session cannot change', () => {
    assert.equal(runningUpdate({}, { tools: [{ name: 'known' }] }, session), undefined);
    assert.equal(runningUpdate({}, { muted: true }, session), undefined);
  });
});
