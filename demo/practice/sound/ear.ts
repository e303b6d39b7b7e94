import { FRAME_MS, FRAME_SAMPLES, peak, power } from './pcm.js';
import { VoiceActivity } from './voice-activity.js';

/** How the ear finds turns. */
export interface TurnRules {
  /** 0 to 1; a higher value needs a louder voice. */
  threshold: number;
  /** How long a silence ends a turn. */
  silenceMs: number;
  /** How much sound from before the detected start belongs to the turn, so that the first consonant is not lost. */
  prefixMs: number;
}

export interface Turn {
  samples: Int16Array;
  startMs: number;
  endMs: number;
  /** How much of the turn was speech; 0 if all of it was silence. */
  speechMs: number;
}

export interface EarListener {
  speechStarted(audioStartMs: number): void;
  speechStopped(turn: Turn): void;
}

interface Heard {
  frame: Int16Array;
  speech: boolean;
}

/** The beginning of a longer turn is lost. */
const KEPT_FRAMES = 60_000 / FRAME_MS;
/** A frame with more power than this is not silent. */
const AUDIBLE = 1e-6;
const DEFAULT_RULES: TurnRules = { threshold: 0.5, silenceMs: 500, prefixMs: 300 };

/**
 * Listens to one caller: keeps the sound since the last commit and finds the turns in it. Times are milliseconds of
 * received sound since the call began, as in the service's `audio_start_ms`.
 */
export class Ear {
  listener: EarListener | undefined;
  /** While true, it listens but reports no turns. */
  silent = false;
  readonly #voice = new VoiceActivity(DEFAULT_RULES);
  #rules: TurnRules | null = null;
  #kept: Heard[] = [];
  #frames = 0;
  #bufferFrom = 0;
  #turnFrom = 0;
  #speechFrames = 0;
  #peak = 0;
  /** When the first and the last frame that was not silent arrived, in ms since the epoch. */
  #audibleFrom: number | null = null;
  #audibleTo: number | null = null;

  /** Null switches turn detection off. The level and the amount of speech are still measured. */
  set rules(rules: TurnRules | null) {
    this.#rules = rules;
    this.#voice.configure(rules ?? DEFAULT_RULES);
    if (!rules) this.#voice.reset();
  }

  get nowMs(): number {
    return this.#frames * FRAME_MS;
  }

  /** How much sound has come since the last commit. */
  get bufferedMs(): number {
    return (this.#frames - this.#bufferFrom) * FRAME_MS;
  }

  hear(frame: Int16Array): void {
    const loudness = power(frame);
    const change = this.#voice.push(loudness);
    const speech = this.#voice.speaking;
    this.#frames++;
    this.#peak = Math.max(this.#peak, peak(frame));
    if (speech) this.#speechFrames++;
    if (loudness > AUDIBLE) {
      this.#audibleTo = Date.now();
      this.#audibleFrom ??= this.#audibleTo;
    }
    this.#kept.push({ frame, speech });
    if (this.#kept.length > KEPT_FRAMES) this.#kept.shift();
    if (change === 'stopped') this.#forgetQuiet();
    if (!change || !this.#rules || this.silent) return;
    if (change === 'started') {
      this.#turnFrom = Math.max(this.#bufferFrom, this.#frames - Math.ceil(this.#rules.prefixMs / FRAME_MS));
      this.listener?.speechStarted(this.#turnFrom * FRAME_MS);
    } else {
      this.listener?.speechStopped(this.#take(this.#turnFrom));
    }
  }

  /** Ends the turn now, and returns it. */
  commit(): Turn {
    if (this.#voice.speaking) this.#forgetQuiet();
    this.#voice.reset();
    return this.#take(this.#bufferFrom);
  }

  /** Drops the sound since the last commit. */
  clear(): void {
    this.#voice.reset();
    this.#bufferFrom = this.#frames;
  }

  /** The sound of the last minute. */
  get sound(): Int16Array {
    return joined(this.#kept);
  }

  /** Call it when the call has ended: frees all sound but the last second, which `level` still describes. */
  release(): void {
    this.#kept = this.#kept.slice(-1000 / FRAME_MS);
  }

  level(): {
    frames: number;
    rms: number;
    peak: number;
    speechMs: number;
    audibleFrom: number | null;
    audibleTo: number | null;
  } {
    const lastSecond = this.#kept.slice(-1000 / FRAME_MS);
    const mean = lastSecond.reduce((sum, { frame }) => sum + power(frame), 0) / Math.max(1, lastSecond.length);
    const [audibleFrom, audibleTo] = [this.#audibleFrom, this.#audibleTo];
    return {
      frames: this.#frames,
      rms: Math.sqrt(mean),
      peak: this.#peak,
      speechMs: this.#speechFrames * FRAME_MS,
      audibleFrom,
      audibleTo,
    };
  }

  /** The silence that ended a turn was counted as speech until now. */
  #forgetQuiet(): void {
    const quiet = this.#voice.quietMs / FRAME_MS;
    if (quiet === 0) return;
    for (const heard of this.#kept.slice(-quiet)) heard.speech = false;
    this.#speechFrames -= quiet;
  }

  #take(fromFrame: number): Turn {
    const kept = this.#kept.slice(Math.max(0, this.#kept.length - (this.#frames - fromFrame)));
    this.#bufferFrom = this.#frames;
    return {
      samples: trimmed(joined(kept), kept),
      startMs: fromFrame * FRAME_MS,
      endMs: this.nowMs,
      speechMs: kept.filter(({ speech }) => speech).length * FRAME_MS,
    };
  }
}

function joined(kept: readonly Heard[]): Int16Array {
  const samples = new Int16Array(kept.length * FRAME_SAMPLES);
  kept.forEach(({ frame }, index) => samples.set(frame, index * FRAME_SAMPLES));
  return samples;
}

/** Cuts off silence, except 200 ms at both ends. Without any speech nothing is left. */
function trimmed(samples: Int16Array, kept: Heard[]): Int16Array {
  const first = kept.findIndex(({ speech }) => speech);
  if (first < 0) return new Int16Array(0);
  const last = kept.findLastIndex(({ speech }) => speech);
  const margin = 200 / FRAME_MS;
  return samples.slice(Math.max(0, first - margin) * FRAME_SAMPLES, (last + margin) * FRAME_SAMPLES);
}
