import type { VoiceError } from '../../errors.js';
import type { ItemPlaced, Signal } from '../../protocol/signals.js';
import type { TranscriptEntry } from '../transcript-entry.js';
import { isRunning, type VoiceState } from '../voice-state.js';

/**
 * Whose turn it is while a call is live. The five facts are independent: the visitor may speak while the
 * assistant is audible, and the next response may be generated while the last one is still played.
 */
export interface Turn {
  readonly userSpeaking: boolean;
  /** The id of the response that is audible. */
  readonly audible: string | undefined;
  /** The id of the response that is being generated. */
  readonly generating: string | undefined;
  /** Whether a response is expected that the service has not announced yet. */
  readonly awaited: boolean;
  /** Whether tools of the page are at work for the next response. Those that wait for the visitor are not. */
  readonly working: boolean;
}

export type CallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly turn: Turn }
  | { readonly phase: 'reconnecting'; readonly turn: Turn }
  | { readonly phase: 'failed'; readonly error: VoiceError };

/** Everything that can change the state: what happens to the call itself, and every signal of the service. */
export type StateInput =
  /** With `keep`, the conversation of the last call goes on. Otherwise it begins with `recalled`. */
  | { readonly type: 'start'; readonly keep?: boolean; readonly recalled?: readonly TranscriptEntry[] }
  /** An earlier conversation is shown before a call. */
  | { readonly type: 'recall'; readonly recalled: readonly TranscriptEntry[] }
  /** Nothing that was said until now is shown any more, or told to another session. */
  | { readonly type: 'forget' }
  | { readonly type: 'ready' }
  /** These responses were interrupted on this side. */
  | { readonly type: 'interrupted'; readonly responseIds: readonly string[] }
  | { readonly type: 'response-awaited' }
  | { readonly type: 'tools-changed'; readonly working: boolean }
  /** Typed text is larger than the channel carries. */
  | { readonly type: 'text-refused'; readonly item: ItemPlaced }
  /** The connection is interrupted, and may come back by itself. */
  | { readonly type: 'disconnected' }
  /** The connection is back, or a new one has taken over. */
  | { readonly type: 'reconnected' }
  /** The connection is given up, with everything unfinished in it. */
  | { readonly type: 'connection-dropped' }
  | { readonly type: 'stop' }
  | { readonly type: 'fail'; readonly error: VoiceError }
  | Signal;

export const IDLE: CallState = { phase: 'idle' };

const QUIET: Turn = { userSpeaking: false, audible: undefined, generating: undefined, awaited: false, working: false };

/** The state in one word. */
export function voiceState(state: CallState): VoiceState {
  if (state.phase !== 'live') return state.phase;
  const { audible, generating, awaited, working, userSpeaking } = state.turn;
  if (audible !== undefined) return 'speaking';
  const isThinking = (awaited || working || generating !== undefined) && !userSpeaking;
  return isThinking ? 'thinking' : 'listening';
}

/** Whether nobody speaks, no response is expected and no tool runs. */
export function isQuiet(turn: Turn): boolean {
  return matches(turn, QUIET);
}

/** The state after an input; the same object if nothing changes. An input that makes no sense in a phase is ignored. */
export function next(state: CallState, input: StateInput): CallState {
  const { phase } = state;
  switch (input.type) {
    case 'start':
      return isRunning(phase) ? state : { phase: 'connecting' };
    case 'stop':
      return phase === 'idle' ? state : IDLE;
    case 'fail':
      return isRunning(phase) ? { phase: 'failed', error: input.error } : state;
    case 'ready':
      return phase === 'connecting' ? { phase: 'live', turn: QUIET } : state;
  }
  if (!('turn' in state)) return state;
  const { turn } = state;
  switch (input.type) {
    case 'disconnected':
      return phase === 'live' ? { phase: 'reconnecting', turn } : state;
    case 'connection-dropped':
      return { phase: 'reconnecting', turn: QUIET };
    case 'reconnected':
      return phase === 'live' ? state : { phase: 'live', turn };
  }
  const changes = turnChanges(turn, input);
  return matches(turn, changes) ? state : { ...state, turn: { ...turn, ...changes } };
}

function matches(turn: Turn, facts: Partial<Turn>): boolean {
  return Object.entries(facts).every(([fact, value]) => turn[fact as keyof Turn] === value);
}

function turnChanges(turn: Turn, input: StateInput): Partial<Turn> {
  switch (input.type) {
    case 'user-started':
      // A visitor who goes on after a pause has not ended the turn.
      return { userSpeaking: true, awaited: false };
    case 'user-stopped':
      return { userSpeaking: false };
    case 'response-awaited':
      return { awaited: true };
    case 'tool-called':
      // GPT-Live does not report the start of the response that calls the tool.
      return { awaited: turn.awaited && turn.generating !== undefined, working: true };
    case 'tools-changed':
      return { working: input.working };
    case 'turn-discarded':
      return { userSpeaking: false, awaited: false };
    case 'response-started':
      return { generating: input.responseId, awaited: false };
    case 'response-ended':
      // The end of an earlier response can arrive after the start of the next one.
      return turn.generating === input.responseId ? { generating: undefined } : {};
    case 'playback-started':
      return { audible: input.responseId, awaited: false };
    case 'playback-ended':
      return turn.audible === input.responseId ? { audible: undefined } : {};
    case 'interrupted':
      return { audible: undefined };
    case 'fault':
      // The service does not answer a request that it has refused. Only events of the page have an id to be named by.
      return input.severity === 'passing' && !input.rejectedEventId ? { awaited: false } : {};
    default:
      return {};
  }
}
