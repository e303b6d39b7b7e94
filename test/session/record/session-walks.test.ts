import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IDLE, next, voiceState, type CallState, type StateInput } from '../../../src/session/record/session-state.js';
import type { VoiceState } from '../../../src/session/voice-state.js';
import {
  audible,
  cut,
  discarded,
  drained,
  ended,
  saying,
  started,
  userStarted,
  userStopped,
} from '../../protocol/conversation.js';

const awaited: StateInput = { type: 'response-awaited' };
const LIVE: CallState = next({ phase: 'connecting' }, { type: 'ready' });

/** Walks from a state and checks the word after each step. */
function walk(from: CallState, ...steps: readonly (readonly [StateInput, VoiceState])[]): CallState {
  return steps.reduce((state, [input, word], index) => {
    const after = next(state, input);
    assert.equal(voiceState(after), word, `after step ${index + 1}, ${input.type}`);
    return after;
  }, from);
}

describe('the course of a call', () => {
  it('from the click through one turn to the end', () => {
    const end = walk(
      IDLE,
      [{ type: 'start' }, 'connecting'],
      [{ type: 'ready' }, 'listening'],
      [userStarted('item_1'), 'listening'],
      [userStopped('item_1'), 'listening'],
      [awaited, 'thinking'],
      [started('resp_1'), 'thinking'],
      [saying('item_2', 'Hi'), 'thinking'],
      [audible('resp_1'), 'speaking'],
      [ended('resp_1'), 'speaking'],
      [drained('resp_1'), 'listening'],
      [{ type: 'stop' }, 'idle'],
    );
    assert.equal(end, IDLE);
  });

  it('a written answer ends with its response', () => {
    walk(LIVE, [awaited, 'thinking'], [started('resp_1'), 'thinking'], [ended('resp_1'), 'listening']);
  });

  it('barge-in: the assistant is audible until the service has cleared the sound', () => {
    const state = walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [audible('resp_1'), 'speaking'],
      [userStarted('item_3'), 'speaking'],
      [ended('resp_1', 'cancelled'), 'speaking'],
      [cut('resp_1'), 'listening'],
    );
    assert.equal(state.phase === 'live' && state.turn.userSpeaking, true);
    walk(state, [userStopped('item_3'), 'listening'], [awaited, 'thinking']);
  });

  it("a response under way does not make the visitor's own speech look like thinking", () => {
    walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [userStarted('item_3'), 'listening'],
      [userStopped('item_3'), 'thinking'],
    );
  });

  it('the next response may be generated while the last one is still audible', () => {
    walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [audible('resp_1'), 'speaking'],
      [ended('resp_1'), 'speaking'],
      [started('resp_2'), 'speaking'],
      [drained('resp_1'), 'thinking'],
      [audible('resp_2'), 'speaking'],
      [ended('resp_2'), 'speaking'],
      [drained('resp_2'), 'listening'],
    );
  });

  it('the end of an earlier playback does not end the present one', () => {
    walk(
      LIVE,
      [audible('resp_1'), 'speaking'],
      [audible('resp_2'), 'speaking'],
      [drained('resp_1'), 'speaking'],
      [cut('resp_2'), 'listening'],
    );
  });

  it('the late end of an earlier response does not end the present one', () => {
    walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [started('resp_2'), 'thinking'],
      [ended('resp_1', 'cancelled'), 'thinking'],
      [ended('resp_2'), 'listening'],
    );
  });

  it('a visitor who goes on after a pause has not ended the turn', () => {
    const state = walk(
      LIVE,
      [userStarted('item_1'), 'listening'],
      [userStopped('item_1'), 'listening'],
      [awaited, 'thinking'],
      [userStarted('item_2'), 'listening'],
      [userStopped('item_2'), 'listening'],
    );
    walk(state, [awaited, 'thinking']);
  });

  it('no response is expected to a discarded turn', () => {
    walk(
      LIVE,
      [userStarted(), 'listening'],
      [userStopped(), 'listening'],
      [awaited, 'thinking'],
      [discarded, 'listening'],
    );
  });

  it('an interruption ends the playback at once, although the service still generates', () => {
    walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [audible('resp_1'), 'speaking'],
      [{ type: 'interrupted', responseIds: ['resp_1'] }, 'thinking'],
      [ended('resp_1', 'cancelled'), 'listening'],
      [cut('resp_1'), 'listening'],
    );
  });

  it('a link that comes back finds the turn as it was, with the changes since then', () => {
    const before = walk(LIVE, [started('resp_1'), 'thinking'], [audible('resp_1'), 'speaking']);
    const away = walk(before, [{ type: 'disconnected' }, 'reconnecting']);
    assert.deepEqual(walk(away, [{ type: 'reconnected' }, 'speaking']), before);
    walk(away, [drained('resp_1'), 'reconnecting'], [{ type: 'reconnected' }, 'thinking']);
    walk(away, [{ type: 'stop' }, 'idle']);
  });

  it('after a failure, a new start begins with a quiet turn', () => {
    const error = new Error('x') as never;
    walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [{ type: 'fail', error }, 'failed'],
      [started('resp_2'), 'failed'],
      [{ type: 'start' }, 'connecting'],
      [{ type: 'ready' }, 'listening'],
    );
  });

  it('a connection that is given up ends its turn', () => {
    const loud = walk(
      LIVE,
      [started('resp_1'), 'thinking'],
      [audible('resp_1'), 'speaking'],
      [userStarted('item_1'), 'speaking'],
    );
    for (const before of [loud, walk(loud, [{ type: 'disconnected' }, 'reconnecting'])]) {
      const given = walk(
        before,
        [{ type: 'connection-dropped' }, 'reconnecting'],
        [{ type: 'connection-dropped' }, 'reconnecting'],
      );
      assert.deepEqual(walk(given, [{ type: 'reconnected' }, 'listening']), LIVE);
      // Its late words say nothing about the new one.
      assert.deepEqual(
        walk(
          given,
          [ended('resp_1'), 'reconnecting'],
          [cut('resp_1'), 'reconnecting'],
          [{ type: 'reconnected' }, 'listening'],
        ),
        LIVE,
      );
      walk(given, [{ type: 'stop' }, 'idle']);
    }
  });

  it('the new connection answers the pending turn', () => {
    walk(
      LIVE,
      [userStarted('item_1'), 'listening'],
      [userStopped('item_1'), 'listening'],
      [awaited, 'thinking'],
      [{ type: 'connection-dropped' }, 'reconnecting'],
      [awaited, 'reconnecting'],
      [{ type: 'reconnected' }, 'thinking'],
      [started('resp_2'), 'thinking'],
      [audible('resp_2'), 'speaking'],
    );
  });

  it('a call that is not live has no connection to give up', () => {
    for (const state of [IDLE, next(IDLE, { type: 'start' })])
      assert.equal(next(state, { type: 'connection-dropped' }), state);
  });

  it('a start that keeps the conversation is a start like any other', () => {
    const error = new Error('x') as never;
    const failed = walk(LIVE, [started('resp_1'), 'thinking'], [{ type: 'fail', error }, 'failed']);
    assert.deepEqual(
      walk(failed, [{ type: 'start', keep: true }, 'connecting'], [{ type: 'ready' }, 'listening']),
      LIVE,
    );
    assert.equal(next(LIVE, { type: 'start', keep: true }), LIVE);
  });
});
