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
  readonly media: { readonly ear: Ear | undefined };
  warn(code: VoiceWarningCode, message: string): void;
}

/** Notices what the visitor cannot: speaking while muted, and a microphone that gives nothing. */
export class MicrophoneWatch {
  readonly #timer: ReturnType<typeof setInterval>;
  #loud = 0;
  #quietSince = 0;
  #told = false;
  #flatSince: number | undefined;
  #toldFlat = false;

  constructor(host: WatchHost) {
    this.#timer = setInterval(() => {
      const { ear } = host.media;
      if (!ear) return;
      const now = performance.now();
      if (this.#speaksUnheard(ear, now)) host.warn('muted-speech', 'The visitor speaks while muted.');
      if (this.#isFlat(ear, now)) host.warn('microphone-silent', 'The microphone gave no sound for 10 s.');
    }, EVERY);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Once per utterance; a single loud moment is a cough or a door. */
  #speaksUnheard({ level, sent }: Ear, now: number): boolean {
    if (level >= SPEECH && !sent) {
      this.#loud += 1;
      this.#quietSince = now;
    } else if (now - this.#quietSince >= PAUSE) {
      this.#loud = 0;
      this.#told = false;
    }
    if (this.#told || this.#loud < 2) return false;
    return (this.#told = true);
  }

  #isFlat({ rms }: Ear, now: number): boolean {
    if (rms >= FLAT) {
      this.#flatSince = undefined;
      this.#toldFlat = false;
      return false;
    }
    this.#flatSince ??= now;
    if (this.#toldFlat || now - this.#flatSince < FLAT_FOR) return false;
    return (this.#toldFlat = true);
  }
}
