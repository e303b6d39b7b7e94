import type { ReactiveControllerHost } from 'lit';
import type { VoiceState, VoiceWarningCode } from '../../session/index.js';

/** A running call, as far as notices depend on it and act on it. */
export interface RunningCall {
  readonly microphone: 'off' | 'asking' | 'on';
  /** The names of the tools that run now. */
  readonly runningTools: readonly string[];
  /** The warnings that still hold, of those that something other than the visitor can end. */
  readonly openWarnings: readonly VoiceWarningCode[];
  stillHere(): void;
  askAgain(): void;
  resumePlayback(): void;
}

export interface NoticeHost extends ReactiveControllerHost {
  muted: boolean;
  readonly state: VoiceState;
  readonly userSpeaking: boolean;
  /** Undefined without a call. */
  readonly session: RunningCall | undefined;
}
