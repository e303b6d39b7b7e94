import { repeatUntilAborted } from '../deadline.js';
import type { VoiceWarningCode } from '../events.js';

// Times are in milliseconds.
const CHECK_INTERVAL = 200;
/** The level of speech, 0…1 as the meter shows it. */
const SPEECH_LEVEL = 0.5;
/** A pause of this length ends an utterance. */
const PAUSE = 1000;
/** An RMS below half a step of 16-bit sound. A working microphone in the quietest room gives more. */
const SILENT_RMS = 1e-5;
/** A microphone that is silent for so long does not work. */
const SILENT_FOR = 10_000;
/** A microphone that the system mutes for so long is used by another call or program. */
const MUTED_FOR = 1000;

/** How loud the microphone is, whether its sound is sent or not. */
export interface MicrophoneLevel {
  /** Loudness as people hear it, 0…1. */
  readonly level: number;
  /** Root mean square, 0…1. */
  readonly rms: number;
}

/** What watching needs of the call. */
export interface WatchHost {
  readonly signal: AbortSignal;
  readonly options: { readonly muted?: boolean };
  readonly media: {
    readonly microphoneLevel: MicrophoneLevel | undefined;
    readonly microphone: Pick<MediaStreamTrack, 'muted' | 'readyState'> | undefined;
  };
  /** Whether it is the visitor's turn: nobody speaks, and no answer is on its way. */
  readonly quiet: boolean;
  /** Opens another microphone when this one is gone. */
  readonly microphone: { replace(): Promise<void> };
  warn(code: VoiceWarningCode, message: string): void;
}

/**
 * Warns of what the visitor cannot notice: speech while muted, and a microphone that is silent or was taken. A
 * microphone that is gone is replaced.
 */
export function watchMicrophone(host: WatchHost): void {
  const isTakenLong = tellable(lasting(MUTED_FOR));
  const isSilentLong = tellable(lasting(SILENT_FOR));
  const isUtterance = utteranceDetector();
  repeatUntilAborted(host.signal, CHECK_INTERVAL, () => {
    const { microphoneLevel, microphone } = host.media;
    const { quiet } = host;
    if (microphone?.readyState === 'ended') void host.microphone.replace();
    if (isTakenLong(microphone?.muted === true, quiet)) {
      host.warn('microphone-interrupted', 'The system muted the microphone.');
    }
    if (isUtterance(host.options.muted === true && (microphoneLevel?.level ?? 0) >= SPEECH_LEVEL)) {
      host.warn('muted-speech', 'The visitor speaks while muted.');
    }
    const isSilent = microphoneLevel !== undefined && microphoneLevel.rms < SILENT_RMS;
    if (isSilentLong(isSilent && !host.options.muted, quiet)) {
      host.warn('microphone-silent', 'The microphone gives no sound.');
    }
  });
}

/** Reports, once, that a condition has held for `ms` milliseconds. */
function lasting(ms: number): (condition: boolean) => boolean {
  let since: number | undefined;
  return (condition) => {
    since = condition ? (since ?? performance.now()) : undefined;
    const isLong = since !== undefined && performance.now() - since >= ms;
    // Once reported, it is not reported again until the condition has ended.
    if (isLong) since = Infinity;
    return isLong;
  };
}

/**
 * Waits with what was found until it can be told: while the assistant speaks, the visitor misses nothing. It is told
 * once, if it still holds then.
 */
function tellable(isFound: (condition: boolean) => boolean): (condition: boolean, canTell: boolean) => boolean {
  let isUntold = false;
  return (condition, canTell) => {
    isUntold = isFound(condition) || (isUntold && condition);
    const isTold = isUntold && canTell;
    if (isTold) isUntold = false;
    return isTold;
  };
}

/** Reports, once, that somebody speaks. A single loud moment is a cough or a door. */
function utteranceDetector(): (isLoud: boolean) => boolean {
  let loudMoments = 0;
  let loudAt = 0;
  return (isLoud) => {
    const now = performance.now();
    if (isLoud) {
      loudAt = now;
      loudMoments += 1;
      return loudMoments === 2;
    }
    if (now - loudAt >= PAUSE) loudMoments = 0;
    return false;
  };
}
