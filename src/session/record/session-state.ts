import type { VoiceError } from '../../errors.js';
import type { Signal } from '../../protocol/signals.js';

/** The one word that pages and people see. */
export type VoiceState = 'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting' | 'failed';

/**
 * Whose turn it is while a call is live. The four facts are independent: the visitor may speak while the
 * assistant is audible, and the next response may be under way while the last one is still being played.
 */
export interface Turn {
  readonly userSpeaking: boolean;
  /** The response that is audible. */
  readonly audible: string | undefined;
  /** The response that is being generated. */
  readonly generating: string | undefined;
  /** The visitor's turn has ended and its response was not announced yet. */
  readonly awaited: boolean;
}

export type CallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly turn: Turn }
  | { readonly phase: 'reconnecting'; readonly turn: Turn }
  | { readonly phase: 'failed'; readonly error: VoiceError };

export type StateInput =
  /** With `keep`, the conversation goes on that a failure had ended. */
  | { readonly type: 'start'; readonly keep?: boolean }
  | { readonly type: 'ready' }
  | { readonly type: 'interrupted' }
  | { readonly type: 'response-awaited' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'healed' }
  /** The connection is given up, and what was unfinished in it. */
  | { readonly type: 'severed' }
  | { readonly type: 'stop' }
  | { readonly type: 'fail'; readonly error: VoiceError }
  | Signal;

export const IDLE: CallState = { phase: 'idle' };

const QUIET: Turn = { userSpeaking: false, audible: undefined, generating: undefined, awaited: false };

export function voiceState(state: CallState): VoiceState {
  if (state.phase !== 'live') return state.phase;
  const { audible, generating, awaited, userSpeaking } = state.turn;
  if (audible !== undefined) return 'speaking';
  return (awaited || generating !== undefined) && !userSpeaking ? 'thinking' : 'listening';
}

export function isRunning(state: CallState): boolean {
  return state.phase !== 'idle' && state.phase !== 'failed';
}

/** Whether nobody speaks and no answer is on its way. */
export function isQuiet(turn: Turn): boolean {
  return holds(turn, QUIET);
}

/** The state after `input`; the same object when nothing changes. Inputs that make no sense in a phase are ignored. */
export function next(state: CallState, input: StateInput): CallState {
  const { phase } = state;
  switch (input.type) {
    case 'start':
      return isRunning(state) ? state : { phase: 'connecting' };
    case 'stop':
      return phase === 'idle' ? state : IDLE;
    case 'fail':
      return isRunning(state) ? { phase: 'failed', error: input.error } : state;
    case 'ready':
      return phase === 'connecting' ? { phase: 'live', turn: QUIET } : state;
  }
  if (!('turn' in state)) return state;
  const { turn } = state;
  switch (input.type) {
    case 'disconnected':
      return phase === 'live' ? { phase: 'reconnecting', turn } : state;
    case 'severed':
      return { phase: 'reconnecting', turn: QUIET };
    case 'healed':
      return phase === 'live' ? state : { phase: 'live', turn };
  }
  const changes = turnChanges(turn, input);
  return holds(turn, changes) ? state : { ...state, turn: { ...turn, ...changes } };
}

function holds(turn: Turn, facts: Partial<Turn>): boolean {
  return Object.entries(facts).every(([fact, value]) => turn[fact as keyof Turn] === value);
}

function turnChanges(turn: Turn, input: StateInput): Partial<Turn> {
  switch (input.type) {
    case 'user-started':
      // Going on after a pause takes back the end of the turn.
      return { userSpeaking: true, awaited: false };
    case 'user-stopped':
      return { userSpeaking: false };
    case 'response-awaited':
      return { awaited: true };
    case 'turn-discarded':
      return { userSpeaking: false, awaited: false };
    case 'response-started':
      return { generating: input.responseId, awaited: false };
    case 'response-ended':
      // A late end of an earlier response says nothing about the one under way.
      return turn.generating === input.responseId ? { generating: undefined } : {};
    case 'playback-started':
      return { audible: input.responseId, awaited: false };
    case 'playback-ended':
      return turn.audible === input.responseId ? { audible: undefined } : {};
    case 'interrupted':
      return { audible: undefined };
    case 'fault':
      // What the service refused it will not answer.
      return input.severity === 'passing' ? { awaited: false } : {};
    default:
      return {};
  }
}
