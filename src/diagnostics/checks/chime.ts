/** The two notes, in hertz, and when each begins, in seconds. */
const NOTES = [
  { frequency: 659, at: 0.05 },
  { frequency: 880, at: 0.25 },
];
/** How long a note rings, in seconds. */
const LENGTH = 0.6;
/** Well below the loudest. */
const VOLUME = 0.2;

/** Plays two soft notes. They are synthesized, so no file is needed. */
export function playChime(context: AudioContext): void {
  for (const { frequency, at } of NOTES) {
    const begin = context.currentTime + at;
    const oscillator = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(VOLUME, begin + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + LENGTH);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + LENGTH);
  }
}
