import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Signal } from '../../../src/protocol/signals.js';
import { next, voiceState, type CallState } from '../../../src/session/record/session-state.js';
import { TurnTaking } from '../../../src/session/turns/turn-taking.js';
import { Clock } from '../../protocol/clock.js';
import {
  audible,
  cut,
  discarded,
  drained,
  ended,
  started,
  userStarted,
  userStopped,
} from '../../protocol/conversation.js';

const BUSY: Signal = { type: 'fault', severity: 'busy', code: 'server-error', message: 'One at a time.' };

let state: CallState;
let log: string[];
let turns: TurnTaking;
let clock: Clock;
/** Whether the service responds to the turns that it detects. */
let answersTurns: boolean;
beforeEach(() => {
  clock = new Clock();
  state = next({ phase: 'connecting' }, { type: 'ready' });
  log = [];
  answersTurns = true;
  turns = new TurnTaking({
    record: {
      get turn() {
        return 'turn' in state ? state.turn : undefined;
      },
      write(input) {
        state = next(state, input);
        return [];
      },
    },
    command: (command) => log.push(command.type),
    media: {
      speaker: {
        set muted(muted: boolean) {
          log.push(muted ? 'silenced' : 'sounding');
        },
      },
    },
    answers: true,
    get session() {
      return { answersTurns };
    },
    microphone: { setTalking: (talking) => void log.push(talking ? 'microphone on' : 'microphone off') },
  });
});
afterEach(() => {
  turns.close();
  clock.stop();
});

/** What the call does with each signal of the service. */
function receive(...signals: readonly Signal[]): void {
  for (const signal of signals) {
    if (turns.isInterruptedPlayback(signal)) continue;
    state = next(state, signal);
    turns.receive(signal);
  }
}

/** What was done since the last look. */
function done(): string[] {
  return log.splice(0);
}

describe('responses', () => {
  it('are requested at once when none is being generated', () => {
    turns.requestResponse();
    assert.deepEqual(done(), ['respond']);
    assert.equal(voiceState(state), 'thinking');
  });

  it('are requested once, after the one under way has ended', () => {
    receive(started('resp_1'));
    turns.requestResponse();
    turns.requestResponse();
    assert.deepEqual(done(), []);
    receive(ended('resp_0', 'cancelled'));
    assert.deepEqual(done(), [], 'the late end of another response is not the end of this one');
    receive(ended('resp_1'));
    assert.deepEqual(done(), ['respond']);
    receive(started('resp_2'), ended('resp_2'));
    assert.deepEqual(done(), []);
  });

  it('do not wait for the playback of the last one', () => {
    receive(started('resp_1'), audible('resp_1'), ended('resp_1'));
    done();
    turns.requestResponse();
    assert.deepEqual(done(), ['respond']);
  });

  it('are requested again when the service was busy with one that it had not announced', () => {
    turns.requestResponse();
    receive(BUSY, started('resp_1'));
    assert.deepEqual(done(), ['respond']);
    receive(ended('resp_1'));
    assert.deepEqual(done(), ['respond']);
  });

  it('are requested again when the service says that it was busy after that response has ended', () => {
    turns.requestResponse();
    turns.requestResponse();
    receive(started('resp_1'), ended('resp_1'));
    assert.deepEqual(done(), ['respond', 'respond']);
    receive(BUSY);
    assert.deepEqual(done(), ['respond']);
    assert.equal(voiceState(state), 'thinking');
    receive(BUSY);
    assert.deepEqual(done(), [], 'the next one is on its way');
    receive(started('resp_2'), ended('resp_2'));
    assert.deepEqual(done(), ['respond']);
  });

  it('do not cut into the turn of a visitor who interrupts the one under way', () => {
    receive(started('resp_1'));
    turns.requestResponse();
    receive(userStarted(), ended('resp_1', 'cancelled'));
    assert.deepEqual(done(), []);
    receive(userStopped());
    assert.deepEqual([done(), turns.isResponseDue], [[], true], 'the service answers it all');
  });

  it('are requested after that turn if the service does not answer turns by itself, or there was none', () => {
    answersTurns = false;
    for (const end of [userStopped(), discarded]) {
      receive(started('resp_1'));
      turns.requestResponse();
      receive(userStarted(), ended('resp_1', 'cancelled'));
      assert.deepEqual(done(), []);
      receive(end);
      assert.deepEqual(done(), ['respond']);
      receive(started('resp_2'), ended('resp_2'));
      assert.deepEqual(done(), []);
    }
  });
});

describe('a response to the results of tools', () => {
  const waiting = (): void => {
    receive(userStarted());
    turns.requestResponseAfterTurn();
    turns.requestResponseAfterTurn();
    assert.deepEqual(done(), [], 'the visitor is not cut off');
    assert.equal(voiceState(state), 'listening');
  };

  it('is requested at once while the visitor is silent', () => {
    turns.requestResponseAfterTurn();
    assert.deepEqual(done(), ['respond']);
    assert.equal(voiceState(state), 'thinking');
  });

  it("waits for the end of the visitor's turn, and is then the service's own response", () => {
    waiting();
    receive(userStopped());
    assert.deepEqual([voiceState(state), turns.isResponseDue], ['thinking', true]);
    receive(started('resp_1'), ended('resp_1'));
    assert.equal(turns.isResponseDue, false);
    receive(userStarted(), userStopped());
    assert.deepEqual(done(), []);
  });

  it('is requested at the end of the turn if the service does not answer turns by itself', () => {
    answersTurns = false;
    waiting();
    receive(userStopped());
    assert.deepEqual(done(), ['respond']);
    assert.equal(voiceState(state), 'thinking');
    receive(userStarted(), userStopped());
    assert.deepEqual(done(), []);
  });

  it('is requested when the turn is discarded', () => {
    waiting();
    receive(discarded);
    assert.deepEqual(done(), ['respond']);
    waiting();
    turns.discard();
    assert.deepEqual(done(), ['respond']);
  });

  it('comes with the answer to typed text, which does not wait', () => {
    waiting();
    turns.sendText('item_1', 'hello');
    assert.deepEqual(done(), ['say', 'respond']);
    receive(discarded);
    assert.deepEqual(done(), []);
  });

  it('comes with the answer to a push-to-talk turn, until its last word is sent', () => {
    turns.begin();
    done();
    turns.requestResponseAfterTurn();
    clock.pass(500);
    turns.end();
    turns.requestResponseAfterTurn();
    assert.deepEqual(done(), []);
    clock.pass(500);
    assert.deepEqual(done(), ['microphone off', 'commit-input', 'respond']);
  });

  it('is requested when push-to-talk is released too early', () => {
    turns.begin();
    turns.requestResponseAfterTurn();
    done();
    turns.end();
    assert.deepEqual(done(), ['microphone off', 'clear-input', 'respond']);
  });

  it('is forgotten with the session, because the next one is told of the results', () => {
    waiting();
    turns.reset();
    done();
    receive(discarded);
    assert.deepEqual(done(), []);
  });
});

describe('an interruption', () => {
  it('mutes the speaker at once, cancels the response and clears the sound', () => {
    receive(started('resp_1'), audible('resp_1'));
    done();
    turns.interrupt();
    const commands = done();
    assert.deepEqual(
      commands.filter((one) => one !== 'silenced'),
      ['cancel-response', 'clear-output'],
    );
    assert.equal(commands.filter((one) => one === 'silenced').length, 1);
    assert.equal(voiceState(state), 'thinking');
    receive(ended('resp_1', 'cancelled'));
    assert.equal(voiceState(state), 'listening');
  });

  it('of a response that is generated already only clears the sound', () => {
    receive(started('resp_1'), audible('resp_1'), ended('resp_1'));
    done();
    turns.interrupt();
    assert.deepEqual(done(), ['silenced', 'clear-output']);
    assert.equal(voiceState(state), 'listening');
  });

  it('of a response that is not audible yet keeps it silent', () => {
    receive(started('resp_1'));
    turns.interrupt();
    assert.deepEqual(done(), ['cancel-response', 'silenced', 'clear-output']);
    receive(audible('resp_1'));
    assert.deepEqual(done(), [], 'its sound was on its way already');
    receive(cut('resp_1'), ended('resp_1', 'cancelled'));
    assert.equal(voiceState(state), 'listening');
  });

  it('ends with the playback of the next response', () => {
    receive(started('resp_1'), audible('resp_1'));
    turns.interrupt();
    receive(ended('resp_1', 'cancelled'), cut('resp_1'), started('resp_2'));
    done();
    receive(audible('resp_2'));
    assert.deepEqual(done(), ['sounding']);
    assert.equal(voiceState(state), 'speaking');
  });

  it('does nothing while nobody speaks', () => {
    turns.interrupt();
    receive(started('resp_1'), audible('resp_1'), drained('resp_1'), ended('resp_1'));
    done();
    turns.interrupt();
    assert.deepEqual(done(), []);
  });

  it('without a call does nothing', () => {
    state = { phase: 'idle' };
    turns.interrupt();
    assert.deepEqual(done(), []);
  });
});

describe('typed text', () => {
  it('is added and answered', () => {
    turns.sendText('item_1', 'Hello');
    assert.deepEqual(done(), ['say', 'respond']);
    assert.equal(voiceState(state), 'thinking');
  });

  it('interrupts the assistant and is answered when it has stopped', () => {
    receive(started('resp_1'), audible('resp_1'));
    done();
    turns.sendText('item_1', 'Wait');
    assert.deepEqual(done(), ['cancel-response', 'silenced', 'clear-output', 'say']);
    receive(cut('resp_1'));
    assert.deepEqual(done(), []);
    receive(ended('resp_1', 'cancelled'));
    assert.deepEqual(done(), ['respond']);
    assert.equal(voiceState(state), 'thinking');
  });
});

describe('push-to-talk', () => {
  it('clears the buffer and turns the microphone on while the button is held', () => {
    turns.begin();
    assert.deepEqual(done(), ['clear-input', 'microphone on']);
    assert.equal('turn' in state && state.turn.userSpeaking, true);
    turns.begin();
    assert.deepEqual(done(), [], 'it is held already');
  });

  it('waits for the last word, then commits the turn and requests a response', () => {
    turns.begin();
    clock.pass(1_000);
    done();
    turns.end();
    assert.deepEqual(done(), []);
    assert.equal(voiceState(state), 'thinking');
    clock.pass(119);
    assert.deepEqual(done(), []);
    clock.pass(1);
    assert.deepEqual(done(), ['microphone off', 'commit-input', 'respond']);
    turns.end();
    clock.pass(1_000);
    assert.deepEqual(done(), []);
  });

  it('interrupts the assistant before it clears the buffer, and requests the response when that has ended', () => {
    receive(started('resp_1'), audible('resp_1'));
    done();
    turns.begin();
    assert.deepEqual(done(), ['cancel-response', 'silenced', 'clear-output', 'clear-input', 'microphone on']);
    clock.pass(1_000);
    turns.end();
    clock.pass(120);
    assert.deepEqual(done(), ['microphone off', 'commit-input']);
    receive(ended('resp_1', 'cancelled'));
    assert.deepEqual(done(), ['respond']);
  });

  for (const [held, counts] of [
    [0, false],
    [99, false],
    [100, true],
  ] as const) {
    it(`held for ${held} ms is ${counts ? 'a turn' : 'a slip of the finger'}`, () => {
      turns.begin();
      clock.pass(held);
      done();
      turns.end();
      if (!counts) assert.deepEqual(done(), ['microphone off', 'clear-input']);
      assert.equal(voiceState(state), counts ? 'thinking' : 'listening');
      clock.pass(1_000);
      assert.deepEqual(done(), counts ? ['microphone off', 'commit-input', 'respond'] : []);
    });
  }

  it('does nothing when the button is released without having been pressed', () => {
    turns.end();
    clock.pass(1_000);
    assert.deepEqual(done(), []);
    assert.equal(clock.pending, 0);
  });

  it('keeps the microphone on when the button is pressed again at once', () => {
    turns.begin();
    clock.pass(500);
    turns.end();
    clock.pass(50);
    turns.begin();
    done();
    clock.pass(5_000);
    assert.deepEqual(done(), []);
    assert.equal(voiceState(state), 'listening');
  });

  it('leaves no timer when the call is closed', () => {
    turns.begin();
    clock.pass(500);
    turns.end();
    assert.equal(clock.pending, 1);
    done();
    turns.close();
    assert.equal(clock.pending, 0);
    clock.pass(5_000);
    assert.deepEqual(done(), []);
  });
});

describe('a button that is pressed again', () => {
  it('before the last word was sent continues the turn, which is committed once', () => {
    turns.begin();
    clock.pass(500);
    turns.end();
    done();
    clock.pass(60);
    turns.begin();
    assert.deepEqual(done(), [], 'what was said so far is kept');
    clock.pass(500);
    turns.end();
    clock.pass(1_000);
    assert.deepEqual(done(), ['microphone off', 'commit-input', 'respond']);
  });

  it('counts the turn from its beginning', () => {
    turns.begin();
    clock.pass(500);
    turns.end();
    turns.begin();
    clock.pass(10);
    turns.end();
    clock.pass(1_000);
    assert.deepEqual(done().slice(-3), ['microphone off', 'commit-input', 'respond']);
  });

  it('after that begins another turn', () => {
    turns.begin();
    clock.pass(500);
    turns.end();
    clock.pass(200);
    done();
    turns.begin();
    assert.deepEqual(done(), ['clear-input', 'microphone on']);
  });
});

describe('an interruption that is requested twice', () => {
  it('still keeps the interrupted response silent', () => {
    receive(started('resp_1'));
    turns.interrupt();
    receive(ended('resp_1', 'cancelled'));
    turns.interrupt();
    assert.equal(turns.isInterruptedPlayback(audible('resp_1')), true);
  });
});

describe('a session that is lost', () => {
  /** What the call does when it gives up a connection. */
  function lose(): void {
    turns.reset();
    state = next(state, { type: 'connection-dropped' });
  }

  it('while the button is held turns the microphone off and drops the turn', () => {
    turns.begin();
    clock.pass(1_000);
    done();
    lose();
    assert.ok(done().includes('microphone off'));
    state = next(state, { type: 'reconnected' });
    turns.end();
    clock.pass(1_000);
    assert.deepEqual(done(), []);
    assert.equal(voiceState(state), 'listening');
  });

  it('before the last word was sent turns the microphone off and commits nothing to the next session', () => {
    turns.begin();
    clock.pass(1_000);
    turns.end();
    done();
    lose();
    assert.ok(done().includes('microphone off'));
    assert.equal(clock.pending, 0);
    clock.pass(1_000);
    assert.deepEqual(done(), []);
  });

  it('without a turn leaves the microphone as it is', () => {
    turns.begin();
    clock.pass(1_000);
    turns.end();
    clock.pass(1_000);
    done();
    lose();
    assert.deepEqual(
      done().filter((one) => one.startsWith('microphone')),
      [],
    );
  });

  it('forgets the response that was to be requested', () => {
    receive(started('resp_1'));
    turns.requestResponse();
    lose();
    state = next(state, { type: 'reconnected' });
    done();
    receive(started('resp_2'), ended('resp_2'));
    assert.deepEqual(done(), []);
    turns.requestResponse();
    assert.deepEqual(done(), ['respond']);
  });

  it('forgets the interruption, so that the next session is audible', () => {
    receive(started('resp_1'), audible('resp_1'));
    turns.interrupt();
    done();
    lose();
    assert.deepEqual(done(), ['sounding']);
    assert.equal(turns.isInterruptedPlayback(audible('resp_1')), false);
  });

  it('lets the next press begin a turn', () => {
    turns.begin();
    lose();
    state = next(state, { type: 'reconnected' });
    done();
    turns.begin();
    assert.deepEqual(done(), ['clear-input', 'microphone on']);
  });
});
