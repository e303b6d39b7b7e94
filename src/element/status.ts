import type { Strings } from '../locales/strings.js';
import type { VoiceErrorCode } from '../errors.js';
import type { EndDetail, EndReason } from '../session/events.js';
import type { VoiceState } from '../session/index.js';
import { formatDuration } from './duration.js';

/** Everything that the one word and the line beneath it depend on. */
export interface StatusContext {
  readonly state: VoiceState;
  /** Given while the state is `failed`. */
  readonly failure: VoiceErrorCode | undefined;
  readonly ended: EndDetail | undefined;
  readonly microphone: 'off' | 'asking' | 'on';
  readonly muted: boolean;
  readonly pushToTalk: boolean;
  readonly talking: boolean;
  /** The connection loses or delays much. */
  readonly weak: boolean;
  readonly lang: string;
}

/** The state in words. */
export function statusWord(context: StatusContext, strings: Strings): string {
  const { state } = context;
  if (state === 'failed') return strings.errors[context.failure!].sentence;
  if (context.microphone === 'asking') return strings.askingMicrophone.sentence;
  if (state === 'idle' && context.ended) return strings.ended;
  if (state !== 'listening') return strings.states[state];
  if (context.microphone === 'off' || (context.pushToTalk && !context.talking)) return strings.yourTurn;
  return context.muted ? strings.youAreMuted : strings.states.listening;
}

/** The quiet line beneath the word. */
export function statusHint(context: StatusContext, strings: Strings): string | undefined {
  if (context.microphone === 'asking') return strings.askingMicrophone.fix;
  if (context.state !== 'idle') return context.weak && !context.failure ? strings.weakConnection : undefined;
  if (!context.ended) return strings.disclosure;
  const reasons: Readonly<Partial<Record<EndReason, string>>> = strings.endReasons;
  const reason = reasons[context.ended.reason];
  const duration = formatDuration(context.ended.durationMs, context.lang);
  return reason ? `${duration} · ${reason}` : duration;
}
