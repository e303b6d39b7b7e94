import { repeatUntilAborted } from './deadline.js';
import type { VoiceWarningCode } from './events.js';

/** How often it listens, in milliseconds. */
const EVERY = 200;
/** Level of speech, 0…1 as the meter shows it. */
const SPEECH = 0.5;
/** So long a pause ends an utterance, in milliseconds. */
const PAUSE = 1000;
/** A microphone in a quiet room still hisses; one that gives this little is off, blocked or broken. RMS, 0…1. */
const FLAT = 1e-4;
/** For how long it must be flat, in milliseconds. */
const FLAT_FOR = 10_000;

/** What is heard at the microphone now; undefined when it cannot be measured. */
export interface Ear {
  readonly level: number;
  readonly rms: number;
  readonly sent: boolean;
}

/** What watching needs of the call. */
export interface WatchHost {
  readonly signal: AbortSignal;
  readonly media: { readonly ear: Ear | undefined };
  warn(code: VoiceWarningCode, message: string): void;
}

/** Notices what the visitor cannot: speaking while muted, and a microphone that gives nothing. */
export function watchMicrophone(host: WatchHost): void {
  let loud = 0;
  let loudAt = 0;
  /** Infinity when it was told. */
  let flatSince: number | undefined;
  repeatUntilAborted(host.signal, EVERY, () => {
    const { ear } = host.media;
    if (!ear) return;
    const now = performance.now();
    if (ear.level >= SPEECH && !ear.sent) {
      loudAt = now;
      loud += 1;
      // Once per utterance; a single loud moment is a cough or a door.
      if (loud === 2) host.warn('muted-speech', 'The visitor speaks while muted.');
    } else if (now - loudAt >= PAUSE) {
      loud = 0;
    }
    flatSince = ear.rms >= FLAT ? undefined : (flatSince ?? now);
    if (flatSince === undefined || now - flatSince < FLAT_FOR) return;
    flatSince = Infinity;
    host.warn('microphone-silent', 'The microphone gave no sound for 10 s.');
  });
}
