/** What is quieter is the noise of a room: −42 dBFS, as a root mean square. */
const MIN_VOICE = 0.008;
/** A voice is this much louder than the noise around it: 10 dB. */
const OVER_NOISE = 3;
/** The noise is taken for the quietest sound of late. By so much it rises with each reading: 4 dB a second. */
const RISE = 1.01;

/** Tells a voice from the noise around it, in the readings of a microphone. */
export class RoomNoise {
  #noise = MIN_VOICE;

  /** Whether a reading is a voice. Call it every 20 ms with the root mean square of the sound, 0…1. */
  isVoice(rms: number): boolean {
    this.#noise = Math.min(Math.max(rms, MIN_VOICE / OVER_NOISE), this.#noise * RISE);
    return rms > this.#noise * OVER_NOISE;
  }
}
