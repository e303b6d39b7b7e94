import type { ReactiveControllerHost } from 'lit';
import type { TranscriptEntry, VoiceState, VoiceWarningCode } from '../../session/index.js';

/** A running call, as far as notices depend on it and act on it. */
export interface RunningCall {
  readonly microphone: 'off' | 'asking' | 'on';
  /** The names of the tools that run now. */
  readonly runningTools: readonly string[];
  /** Whether a warning still holds. */
  isWarning(code: VoiceWarningCode): boolean;
  stillHere(): void;
  askAgain(): void;
  resumePlayback(): void;
}

export interface NoticeHost extends ReactiveControllerHost {
  readonly muted: boolean;
  readonly state: VoiceState;
  readonly userSpeaking: boolean;
  readonly transcript: readonly TranscriptEntry[];
  /** Undefined without a call. */
  readonly session: RunningCall | undefined;
}
