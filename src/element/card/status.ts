import type { VoiceError } from '../../errors.js';
import type { Locale } from '../../locales/lookup.js';
import type { EndDetail, EndReason } from '../../session/events.js';
import type { VoiceState } from '../../session/index.js';
import { formatDuration } from '../duration.js';

/** Everything that the one word and the line beneath it depend on. */
export interface StatusContext {
  readonly host: {
    readonly state: VoiceState;
    readonly error: Pick<VoiceError, 'code'> | undefined;
    readonly muted: boolean;
    readonly pushToTalk: boolean;
    readonly session: { readonly microphone: 'off' | 'asking' | 'on' } | undefined;
  };
  readonly locale: Locale;
  readonly talk: { readonly talking: boolean };
  readonly ended: EndDetail | undefined;
  /** The connection loses or delays much. */
  readonly weak: boolean;
}

/** The state in words. */
export function statusWord({ host, locale: { strings }, talk, ended }: StatusContext): string {
  const { state, error, session } = host;
  if (state === 'failed') return strings.errors[error!.code][0];
  if (session?.microphone === 'asking') return strings.askingMicrophone[0];
  if (state === 'idle' && ended) return strings.ended;
  if (state !== 'listening') return strings.states[state];
  if (session?.microphone === 'off' || (host.pushToTalk && !talk.talking)) return strings.yourTurn;
  return host.muted ? strings.microphoneMuted : strings.states.listening;
}

/** The quiet line beneath the word. */
export function statusHint({
  host: { state, session },
  locale: { strings, code },
  ended,
  weak,
}: StatusContext): string | undefined {
  if (session?.microphone === 'asking') return strings.askingMicrophone[1];
  if (session) return weak ? strings.weakConnection : undefined;
  if (state === 'failed') return undefined;
  if (!ended) return strings.disclosure;
  const reasons: Readonly<Partial<Record<EndReason, string>>> = strings.endReasons;
  return [formatDuration(ended.durationMs, code), reasons[ended.reason]].filter(Boolean).join(' · ');
}
