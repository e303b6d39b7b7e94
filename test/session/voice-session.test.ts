import assert from 'node:assert/strict';
import { it } from 'node:test';
import { VoiceSession } from '../../src/session/index.js';

it('changed options dispatch `change` only if a property of the session has changed', () => {
  const session = new VoiceSession({ tokenUrl: '/token' });
  let changes = 0;
  session.addEventListener('change', () => (changes += 1));
  session.configure({ tokenUrl: '/other', greet: true, pushToTalk: true, volume: 0.5, tools: [] });
  session.configure({ muted: false });
  session.configure({});
  assert.equal(changes, 0);
  session.configure({ muted: true });
  assert.deepEqual([changes, session.muted], [1, true]);
  session.muted = true;
  assert.equal(changes, 1);
  session.muted = false;
  assert.deepEqual([changes, session.muted], [2, false]);
});

it('a session without a call is idle, empty and silent, and has nothing to stop or to send to', () => {
  const session = new VoiceSession();
  let events = 0;
  for (const type of ['change', 'voice-end', 'voice-state-change']) session.addEventListener(type, () => (events += 1));
  session.stop();
  session.interrupt();
  session.beginTurn();
  session.endTurn();
  session.disableMicrophone();
  session.stillHere();
  session.resumePlayback();
  assert.deepEqual(
    [session.state, session.transcript, session.microphone, session.inputLevel, session.outputLevel, session.callId],
    ['idle', [], 'off', 0, 0, undefined],
  );
  assert.throws(() => session.send({ type: 'response.create' }), { name: 'VoiceError', code: 'configuration' });
  assert.equal(events, 0);
});
