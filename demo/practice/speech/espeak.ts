// @ts-expect-error The package has no types.
import createEspeak from '@echogarden/espeak-ng-emscripten';

/** Where a word begins: in the text, counted from 1, and in the sound, in milliseconds. */
export interface SpeechEvent {
  type: string;
  text_position: number;
  audio_position: number;
}

/** The part of eSpeak NG that is used here. */
export interface Espeak {
  readonly samplerate: number;
  set_voice(name: string): void;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  set_range(percent: number): void;
  synthesize(text: string, onPart: (audio: Float32Array, events: SpeechEvent[]) => boolean): void;
}

export async function loadEspeak(): Promise<Espeak> {
  const { eSpeakNGWorker: Worker } = (await createEspeak()) as { eSpeakNGWorker: new () => Espeak };
  return new Worker();
}
