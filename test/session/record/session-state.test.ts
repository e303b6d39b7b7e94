import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import {
  IDLE,
  next,
  voiceState,
  type CallState,
  type StateInput,
  type Turn,
} from '../../../src/session/record/session-state.js';
import { isRunning } from '../../../src/session/voice-state.js';
import type { ItemPlaced } from '../../../src/protocol/signals.js';
import { NO_USAGE } from '../../../src/protocol/usage.js';
import * as signals from '../../protocol/conversation.js';

const error = new VoiceError('connection-lost', 'The line is cut.');
const QUIET: Turn = { userSpeaking: false, audible: undefined, generating: undefined, awaited: false, working: false };

/** Every turn there is with two responses. */
const REFUSED = signals.placed('item_1', undefined, { source: 'text', text: 'Hi.' }) as ItemPlaced;
const TURNS: readonly Turn[] = [true, false].flatMap((userSpeaking) =>
  [true, false].flatMap((awaited) =>
    [true, false].flatMap((working) =>
      [undefined, 'resp_1', 'resp_2'].flatMap((audible) =>
        [undefined, 'resp_1', 'resp_2'].map((generating) => ({ userSpeaking, awaited, working, audible, generating })),
      ),
    ),
  ),
);
const STATES: readonly CallState[] = frozen([
  { phase: 'idle' },
  { phase: 'connecting' },
  { phase: 'failed', error },
  ...TURNS.map((turn): CallState => ({ phase: 'live', turn })),
  ...TURNS.map((turn): CallState => ({ phase: 'reconnecting', turn })),
]);

/** For each kind of input: samples, and the facts about the turn which it may change. */
const INPUTS: {
  readonly [Type in StateInput['type']]: {
    readonly of: readonly Extract<StateInput, { type: Type }>[];
    readonly changes?: readonly (keyof Turn)[];
  };
} = {
  start: { of: [{ type: 'start' }] },
  recall: { of: [{ type: 'recall', recalled: [] }] },
  forget: { of: [{ type: 'forget' }] },
  ready: { of: [{ type: 'ready' }], changes: ['userSpeaking', 'audible', 'generating', 'awaited', 'working'] },
  stop: { of: [{ type: 'stop' }] },
  fail: { of: [{ type: 'fail', error }] },
  disconnected: { of: [{ type: 'disconnected' }] },
  reconnected: { of: [{ type: 'reconnected' }] },
  'connection-dropped': {
    of: [{ type: 'connection-dropped' }],
    changes: ['userSpeaking', 'audible', 'generating', 'awaited', 'working'],
  },
  interrupted: { of: [{ type: 'interrupted', responseIds: ['resp_1'] }], changes: ['audible'] },
  'text-refused': {
    of: [{ type: 'text-refused', item: REFUSED }],
  },
  'response-awaited': { of: [{ type: 'response-awaited' }], changes: ['awaited'] },
  'tools-changed': {
    of: [
      { type: 'tools-changed', working: true },
      { type: 'tools-changed', working: false },
    ],
    changes: ['working'],
  },
  'user-started': {
    of: [
      { type: 'user-started', itemId: 'item_1' },
      { type: 'user-started', itemId: undefined },
    ],
    changes: ['userSpeaking', 'awaited'],
  },
  'user-stopped': { of: [{ type: 'user-stopped', itemId: 'item_1' }], changes: ['userSpeaking'] },
  'turn-discarded': { of: [{ type: 'turn-discarded' }], changes: ['userSpeaking', 'awaited'] },
  'response-started': {
    of: both((responseId) => ({ type: 'response-started', responseId })),
    changes: ['generating', 'awaited'],
  },
  'response-ended': {
    of: both((responseId) => ({ type: 'response-ended', responseId, outcome: 'completed', fault: undefined })),
    changes: ['generating'],
  },
  'playback-started': {
    of: both((responseId) => ({ type: 'playback-started', responseId })),
    changes: ['audible', 'awaited'],
  },
  'playback-ended': {
    of: both((responseId) => ({ type: 'playback-ended', responseId, cut: true })),
    changes: ['audible'],
  },
  'session-opened': { of: [signals.opened() as Extract<StateInput, { type: 'session-opened' }>] },
  'session-updated': { of: [{ type: 'session-updated', transcribesInput: true, answersTurns: true }] },
  'session-closed': { of: [{ type: 'session-closed', reason: 'expired' }] },
  'item-placed': { of: [signals.placed('item_1', null) as Extract<StateInput, { type: 'item-placed' }>] },
  'item-removed': { of: [{ type: 'item-removed', itemId: 'item_1' }] },
  'item-interrupted': { of: [{ type: 'item-interrupted', itemId: 'item_1' }] },
  'text-added': { of: [signals.saying('item_1', 'Hi') as Extract<StateInput, { type: 'text-added' }>] },
  'text-settled': { of: [signals.said('item_1', 'Hi') as Extract<StateInput, { type: 'text-settled' }>] },
  'text-failed': { of: [{ type: 'text-failed', itemId: 'item_1' }] },
  'tool-called': {
    of: [{ type: 'tool-called', callId: 'call_1', name: 'f', arguments: '{}' }],
    changes: ['awaited', 'working'],
  },
  usage: { of: [{ type: 'usage', of: undefined, usage: NO_USAGE }] },
  fault: {
    changes: ['awaited'],
    of: [
      { type: 'fault', severity: 'passing', code: 'server-error', message: 'No.' },
      { type: 'fault', severity: 'fatal', code: 'session-expired', message: 'Over.' },
    ],
  },
};
const ALL_INPUTS = Object.values(INPUTS).flatMap(({ of }) => of as readonly StateInput[]);

/** The phase after each input which is about the call itself; every other input leaves the phase as it is. */
const PHASES: Partial<Record<StateInput['type'], Partial<Record<CallState['phase'], CallState['phase']>>>> = {
  start: { idle: 'connecting', failed: 'connecting' },
  ready: { connecting: 'live' },
  stop: { connecting: 'idle', live: 'idle', reconnecting: 'idle', failed: 'idle' },
  fail: { connecting: 'failed', live: 'failed', reconnecting: 'failed' },
  disconnected: { live: 'reconnecting' },
  reconnected: { reconnecting: 'live' },
  'connection-dropped': { live: 'reconnecting', reconnecting: 'reconnecting' },
};

function both<Input>(of: (responseId: string) => Input): Input[] {
  return ['resp_1', 'resp_2'].map(of);
}

function frozen(states: readonly CallState[]): readonly CallState[] {
  for (const state of states) {
    Object.freeze(state);
    if ('turn' in state) Object.freeze(state.turn);
  }
  return states;
}

function turnOf(state: CallState): Turn | undefined {
  return 'turn' in state ? state.turn : undefined;
}

function named(state: CallState): string {
  const turn = turnOf(state);
  const facts =
    turn &&
    Object.entries(turn)
      .sort()
      .filter(([, fact]) => fact)
      .map(([name, fact]) => (fact === true ? name : `${name} ${fact}`));
  return [state.phase, ...(facts ?? [])].join(', ');
}

describe('every state with every input', () => {
  for (const type of Object.keys(INPUTS) as StateInput['type'][]) {
    it(`${type} leads from each state to a legal one`, () => {
      const { of, changes = [] } = INPUTS[type];
      for (const input of of) {
        for (const state of STATES) {
          const after = next(state, input);
          const what = `${named(state)}: ${JSON.stringify(input)}`;
          assert.ok(
            STATES.some((legal) => named(legal) === named(after)),
            `${what} leads to ${named(after)}`,
          );
          const phase = PHASES[type]?.[state.phase] ?? state.phase;
          assert.equal(after.phase, phase, what);
          const [turn, turnAfter] = [turnOf(state), turnOf(after)];
          if (!turn || !turnAfter) continue;
          // A phase that stays, stays with what was known in it.
          if (phase === state.phase && type in PHASES && !PHASES[type]![phase]) assert.equal(after, state, what);
          for (const fact of Object.keys(QUIET) as (keyof Turn)[]) {
            if (!changes.includes(fact)) assert.equal(turnAfter[fact], turn[fact], `${what} changes ${fact}`);
          }
        }
      }
    });
  }

  it('no signal changes a call that is not live', () => {
    const own = new Set(Object.keys(PHASES));
    for (const state of STATES.filter((state) => !turnOf(state))) {
      for (const input of ALL_INPUTS)
        if (!own.has(input.type)) assert.equal(next(state, input), state, `${named(state)}: ${input.type}`);
    }
  });

  it('a signal that says nothing about the turn leaves the very same state', () => {
    for (const state of STATES) {
      for (const { of, changes } of Object.values(INPUTS)) {
        for (const input of of)
          if (!changes && !(input.type in PHASES))
            assert.equal(next(state, input), state, `${named(state)}: ${input.type}`);
      }
    }
  });

  it('every state can be reached from idle', () => {
    const reached = new Map([[named(IDLE), IDLE as CallState]]);
    for (const state of reached.values()) {
      for (const input of ALL_INPUTS) {
        const after = next(state, input);
        if (!reached.has(named(after))) reached.set(named(after), after);
      }
    }
    assert.deepEqual([...reached.keys()].sort(), STATES.map(named).sort());
  });
});

describe('the word for a state', () => {
  it('is the phase, unless the call is live', () => {
    for (const state of STATES) if (state.phase !== 'live') assert.equal(voiceState(state), state.phase);
  });

  it('is speaking as long as the assistant is audible, whatever else happens', () => {
    for (const turn of TURNS) if (turn.audible) assert.equal(voiceState({ phase: 'live', turn }), 'speaking');
  });

  it('is thinking while an answer is on its way and the visitor is silent', () => {
    for (const turn of TURNS.filter(({ audible }) => !audible)) {
      const { userSpeaking, awaited, working, generating } = turn;
      const isThinking = !userSpeaking && (awaited || working || generating !== undefined);
      const expected = isThinking ? 'thinking' : 'listening';
      assert.equal(voiceState({ phase: 'live', turn }), expected, named({ phase: 'live', turn }));
    }
  });

  it('stays thinking when the service refuses an event of the page, and not what was asked for', () => {
    const awaiting = { phase: 'live', turn: { ...QUIET, awaited: true } } as const;
    const refused = { type: 'fault', severity: 'passing', code: 'server-error', message: 'No.' } as const;
    assert.equal(voiceState(next(awaiting, { ...refused, rejectedEventId: 'event_1' })), 'thinking');
    assert.equal(voiceState(next(awaiting, refused)), 'listening');
  });

  it('a call runs unless it is idle or failed', () => {
    for (const state of STATES) {
      const isOver = state.phase === 'idle' || state.phase === 'failed';
      assert.equal(isRunning(state.phase), !isOver);
      assert.equal(isRunning(voiceState(state)), !isOver);
    }
  });

  it('a failure keeps its error', () => {
    const failed = next({ phase: 'connecting' }, { type: 'fail', error });
    assert.equal(failed.phase === 'failed' && failed.error, error);
    const another = new VoiceError('server-error', 'Another.');
    assert.equal(next(failed, { type: 'fail', error: another }), failed);
  });
});
