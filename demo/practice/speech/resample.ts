import { SAMPLE_RATE } from '../sound/pcm.js';

const TAPS = 16;
const PHASES = 320;

/** Brings sound to 48 kHz: band-limited, by a Hann-windowed sinc. */
export function resample(input: Float32Array, rate: number): Float32Array {
  const step = rate / SAMPLE_RATE;
  const kernels = Array.from({ length: PHASES }, (_, phase) => kernel(phase));
  // The silence at both ends spares the inner loop a check of the bounds.
  const padded = new Float32Array(input.length + TAPS * 2);
  padded.set(input, TAPS - 1);
  const output = new Float32Array(Math.floor(input.length / step));
  for (let n = 0; n < output.length; n++) {
    const position = n * step;
    const base = Math.floor(position);
    const weights = kernels[Math.min(PHASES - 1, Math.round((position - base) * PHASES))]!;
    let value = 0;
    for (let tap = 0; tap < TAPS * 2; tap++) value += padded[base + tap]! * weights[tap]!;
    output[n] = value;
  }
  return output;
}

/** The weights of the samples around a position that lies `phase` / PHASES after one of them. */
function kernel(phase: number): Float32Array {
  const weights = new Float32Array(TAPS * 2);
  let sum = 0;
  for (let tap = 0; tap < TAPS * 2; tap++) {
    const x = tap - TAPS + 1 - phase / PHASES;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    weights[tap] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / TAPS));
    sum += weights[tap]!;
  }
  return weights.map((value) => value / sum);
}
