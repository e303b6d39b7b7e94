/** Samples a second; enough to tell two places in a sentence apart. */
export const RATE = 4000;
/** What is compared at once, and the step to the next, in samples: 200 ms and 100 ms. */
const WINDOW = RATE / 5;
const STEP = RATE / 10;
/** A window that is quieter, as a root mean square, is no speech. */
const SPEECH_RMS = 0.02;
/** How alike the sent and the heard window must be, 0…1. Opus and the jitter buffer change a little. */
const ALIKE = 0.7;

/** A window of what was spoken. */
export interface Match {
  /** Where in the recording it begins, in milliseconds. */
  readonly at: number;
  /** Where it was found in what was heard, in milliseconds; undefined if it was not heard. */
  readonly heardAt: number | undefined;
}

/** The samples of a WAV file as `speechWav` writes it. */
export function readWav(file: Buffer): Float32Array {
  return resampled(pcm(file.subarray(44)), file.readUInt32LE(24));
}

/** 16-bit samples as numbers from −1 to 1. */
export function pcm(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index) / 32_768);
}

/** The mean of the samples that one sample replaces. */
export function resampled(samples: Float32Array, rate: number): Float32Array {
  const step = rate / RATE;
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const part = samples.subarray(Math.ceil(index * step), Math.ceil((index + 1) * step));
    return part.reduce((sum, sample) => sum + sample, 0) / part.length;
  });
}

/** Looks for each window of speech in what was heard, wherever that is. */
export function matches(spoken: Float32Array, heard: Float32Array): Match[] {
  const found: Match[] = [];
  const ms = (samples: number): number => (1000 * samples) / RATE;
  const heardEnergy = energies(heard);
  for (let at = 0; at + WINDOW <= spoken.length; at += STEP) {
    const window = spoken.subarray(at, at + WINDOW);
    const energy = window.reduce((sum, sample) => sum + sample * sample, 0);
    if (energy / WINDOW < SPEECH_RMS ** 2) continue;
    let [best, bestAt] = [0, 0];
    for (let place = 0; place + WINDOW <= heard.length; place += 1) {
      let product = 0;
      for (let index = 0; index < WINDOW; index += 1) product += window[index]! * heard[place + index]!;
      const alike = product / Math.sqrt(energy * heardEnergy[place]! + 1e-9);
      if (alike > best) [best, bestAt] = [alike, place];
    }
    found.push({ at: ms(at), heardAt: best > ALIKE ? ms(bestAt) : undefined });
  }
  return found;
}

/** The energy of the window that begins at each sample. */
function energies(samples: Float32Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  samples.forEach((sample, index) => (sums[index + 1] = sums[index]! + sample * sample));
  return Float64Array.from(samples, (_, at) => sums[Math.min(at + WINDOW, samples.length)]! - sums[at]!);
}
