import { repeatUntilAborted } from '../deadline.js';
import type { VoiceWarningCode } from '../events.js';

/** How often it listens, in milliseconds. */
const EVERY = 200;
/** Level of speech, 0…1 as the meter shows it. */
const SPEECH = 0.5;
/** So long a pause ends an utterance, in milliseconds. */
const PAUSE = 1000;
/** Less than half a step of 16-bit sound: a microphone in the quietest room hisses more. RMS, 0…1. */
const FLAT = 1e-5;
/** For how long it must be flat, in milliseconds. */
const FLAT_FOR = 10_000;

/** How loud the microphone is, sent or not. */
export interface Ear {
  readonly level: number;
  readonly rms: number;
}

/** Muted by the system for so long, another call or program has it; in milliseconds. */
const TAKEN_FOR = 1000;

/** What watching needs of the call. */
export interface WatchHost {
  readonly signal: AbortSignal;
  readonly options: { readonly muted?: boolean };
  readonly media: {
    readonly ear: Ear | undefined;
    readonly microphone: Pick<MediaStreamTrack, 'muted' | 'readyState'> | undefined;
  };
  /** The device is gone, or may not be used any more. */
  replaceMicrophone(): Promise<void>;
  warn(code: VoiceWarningCode, message: string): void;
}

/** Notices what the visitor cannot: speaking while muted, and a microphone that gives nothing, was taken, or is gone. */
export function watchMicrophone(host: WatchHost): void {
  let loud = 0;
  let loudAt = 0;
  /** Infinity when it was told. */
  let flatSince: number | undefined;
  let takenSince: number | undefined;
  repeatUntilAborted(host.signal, EVERY, () => {
    const now = performance.now();
    const { ear, microphone } = host.media;
    if (microphone?.readyState === 'ended') void host.replaceMicrophone();
    takenSince = microphone?.muted ? (takenSince ?? now) : undefined;
    if (takenSince !== undefined && now - takenSince >= TAKEN_FOR) {
      takenSince = Infinity;
      host.warn('microphone-interrupted', 'The system muted the microphone.');
    }
    if (ear && host.options.muted && ear.level >= SPEECH) {
      loudAt = now;
      loud += 1;
      // Once per utterance; a single loud moment is a cough or a door.
      if (loud === 2) host.warn('muted-speech', 'The visitor speaks while muted.');
    } else if (now - loudAt >= PAUSE) {
      loud = 0;
    }
    flatSince = ear && ear.rms < FLAT ? (flatSince ?? now) : undefined;
    if (flatSince === undefined || now - flatSince < FLAT_FOR) return;
    flatSince = Infinity;
    host.warn('microphone-silent', 'The microphone gives no sound.');
  });
}
