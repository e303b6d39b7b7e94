/** Levels 0 and 1, in dBFS. */
const FLOOR = -58;
const CEILING = -14;

/** The length of a measurement: 21 ms at 48 kHz, about one packet. */
const SAMPLES = 1024;

/** Measures how loud a track is, whenever a level is read. It sets no timer. */
export class AudioLevel {
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(SAMPLES);

  constructor(context: AudioContext, track: MediaStreamTrack) {
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = SAMPLES;
    this.#source.connect(this.#analyser);
  }

  /** Root mean square of the last 21 ms, 0…1. */
  get rms(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.sqrt(sum / SAMPLES);
  }

  /** Loudness as people hear it, 0…1. */
  get level(): number {
    const decibel = 20 * Math.log10(this.rms);
    return Math.min(Math.max((decibel - FLOOR) / (CEILING - FLOOR), 0), 1);
  }

  close(): void {
    this.#source.disconnect();
  }
}
