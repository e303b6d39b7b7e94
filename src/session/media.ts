import { AudioLevel } from '../transport/audio-level.js';
import { openMicrophone, type MicrophoneRequest } from '../transport/microphone.js';
import { Speaker } from '../transport/speaker.js';
import type { Ear } from './watch/microphone-watch.js';

/**
 * The visitor's side of a call: microphone, speaker and the levels of both. Make it in the visitor's click:
 * the gesture allows the sound.
 */
export class Media {
  readonly speaker: Speaker;
  readonly #context: AudioContext | undefined;
  #output: AudioLevel | undefined;
  #input: AudioLevel | undefined;
  #track: MediaStreamTrack | undefined;
  /** A copy that keeps hearing while the sent track is muted, for “you are speaking while muted”. */
  #ear: MediaStreamTrack | undefined;
  #talking = true;

  constructor(onPlaybackBlocked: () => void) {
    this.speaker = new Speaker(onPlaybackBlocked);
    this.#context = openContext();
  }

  get microphone(): MediaStreamTrack | undefined {
    return this.#track;
  }

  /** Whether the microphone's sound is sent; muting disables the track and never stops it. */
  get talking(): boolean {
    return this.#talking;
  }
  set talking(talking: boolean) {
    this.#talking = talking;
    if (this.#track) this.#track.enabled = talking;
  }

  get inputLevel(): number {
    return (this.#talking && this.#input?.level) || 0;
  }

  /** What the microphone gives, sent or not; undefined when it cannot be measured. */
  get ear(): Ear | undefined {
    return this.#context?.state === 'running' ? this.#input : undefined;
  }

  get outputLevel(): number {
    return this.#output?.level ?? 0;
  }

  play(track: MediaStreamTrack): void {
    this.speaker.play(track);
    this.#output?.close();
    this.#output = this.#measure(track);
  }

  /** @throws {VoiceError} see `openMicrophone` */
  async openMicrophone(request: MicrophoneRequest, signal: AbortSignal): Promise<MediaStreamTrack> {
    const track = await openMicrophone(request, signal);
    this.closeMicrophone();
    this.#track = track;
    this.#ear = track.clone();
    this.#input = this.#measure(this.#ear);
    track.enabled = this.#talking;
    return track;
  }

  closeMicrophone(): void {
    this.#input?.close();
    this.#ear?.stop();
    this.#track?.stop();
    this.#input = this.#ear = this.#track = undefined;
  }

  /** Within a click: what the browser held back until a gesture. */
  resume(): void {
    this.speaker.resume();
    wake(this.#context);
  }

  close(): void {
    this.closeMicrophone();
    this.speaker.close();
    this.#context?.close().catch(() => {});
  }

  #measure(track: MediaStreamTrack): AudioLevel | undefined {
    try {
      return this.#context && new AudioLevel(this.#context, track);
    } catch {
      return undefined; // A call without a meter is better than none.
    }
  }
}

function openContext(): AudioContext | undefined {
  try {
    const context = new AudioContext();
    wake(context);
    return context;
  } catch {
    return undefined;
  }
}

/** Not awaited: without an output device `resume()` never settles in Firefox. */
function wake(context: AudioContext | undefined): void {
  context?.resume().catch(() => {});
}
