import type { VoiceErrorCode } from '../../errors.js';
import type { Locale } from '../../locales/lookup.js';
import type { EndDetail, EndReason } from '../../session/events.js';
import type { SessionKind, VoiceState } from '../../session/index.js';
import { formatDuration } from '../duration.js';

/** Everything that the status and the line below it depend on. */
export interface StatusFacts {
  readonly state: VoiceState;
  /** Why the call failed, while the state is `failed`. */
  readonly failure: VoiceErrorCode | undefined;
  /** Undefined without a call. */
  readonly microphone: 'off' | 'asking' | 'on' | undefined;
  readonly muted: boolean;
  readonly pushToTalk: boolean;
  /** With push-to-talk: the visitor's turn is open. */
  readonly talking: boolean;
  /** How the last call ended. */
  readonly ended: EndDetail | undefined;
  readonly weakConnection: boolean;
}

/** The state in words. It says that it listens only when the visitor can be heard. */
export function statusWord(facts: StatusFacts, { strings }: Locale): string {
  const { state, failure, microphone } = facts;
  if (failure) return strings.errors[failure][0];
  if (microphone === 'asking') return strings.askingMicrophone[0];
  if (state === 'idle' && facts.ended) return strings.ended;
  if (state === 'listening') return listeningWord(facts, { strings });
  return state === 'failed' ? '' : strings.states[state];
}

function listeningWord(facts: StatusFacts, { strings }: Pick<Locale, 'strings'>): string {
  const waitsForButton = facts.pushToTalk && !facts.talking;
  if (facts.microphone === 'off' || waitsForButton) return strings.yourTurn;
  return facts.muted ? strings.microphoneMuted : strings.states.listening;
}

/** The small line below the status. */
export function statusHint(facts: StatusFacts, { strings, code }: Locale): string | undefined {
  const { microphone, ended } = facts;
  if (microphone === 'asking') return strings.askingMicrophone[1];
  if (microphone) return facts.weakConnection ? strings.weakConnection : undefined;
  if (facts.failure) return undefined;
  if (!ended) return undefined;
  const reasons: Readonly<Partial<Record<EndReason | 'elsewhere', string>>> = strings.endReasons;
  const reason = reasons[ended.elsewhere ? 'elsewhere' : ended.reason];
  return [formatDuration(ended.durationMs, code), reason].filter(Boolean).join(' · ');
}

/** What stands beside the mark: whether the visitor can be heard, and the microphone in words. */
export interface MicrophoneStatus {
  readonly live: boolean;
  readonly word: string;
}

/** Whether the microphone is on, muted or off; undefined without a call and while the browser asks. */
export function microphoneStatus(facts: StatusFacts, { strings }: Locale): MicrophoneStatus | undefined {
  const { microphone, muted } = facts;
  if (microphone === 'off') return { live: false, word: strings.microphoneOff };
  if (microphone !== 'on') return undefined;
  return { live: !muted, word: muted ? strings.microphoneMuted : strings.microphoneOn };
}

/** The button to interrupt the assistant is there from the first turn to the end of the call. */
export function interruptState({ microphone, state }: StatusFacts, kind: SessionKind): 'waiting' | 'ready' | undefined {
  if (!microphone || state === 'connecting' || kind !== 'conversation') return undefined;
  return state === 'speaking' ? 'ready' : 'waiting';
}
