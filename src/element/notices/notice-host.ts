import type { ReactiveControllerHost } from 'lit';
import type { VoiceState } from '../../session/index.js';

/** A running call, as far as notices depend on it and act on it. */
export interface RunningCall {
  readonly microphone: 'off' | 'asking' | 'on';
  /** The names of the tools that run now. */
  readonly runningTools: readonly string[];
  stillHere(): void;
  resumePlayback(): void;
}

export interface NoticeHost extends ReactiveControllerHost {
  readonly muted: boolean;
  readonly state: VoiceState;
  readonly userSpeaking: boolean;
  /** Undefined without a call. */
  readonly session: RunningCall | undefined;
  visitorMutes(muted: boolean): void;
}
