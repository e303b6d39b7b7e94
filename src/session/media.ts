import { AudioLevel } from '../transport/audio-level.js';
import { HeldSpeech } from '../transport/held-speech.js';
import { openMicrophone, type MicrophoneRequest } from '../transport/microphone.js';
import { Speaker } from '../transport/speaker.js';
import type { MicrophoneLevel } from './watch/microphone-watch.js';

/**
 * The media of a call on the visitor's side: microphone, speaker and the levels of both. Make it in the visitor's
 * click, because browsers allow sound only there.
 */
export class Media {
  readonly speaker: Speaker;
  readonly #context: AudioContext | undefined;
  #output: AudioLevel | undefined;
  #input: AudioLevel | undefined;
  #track: MediaStreamTrack | undefined;
  /** A copy of the track that stays enabled while the sent one is muted, to notice speech while muted. */
  #monitor: MediaStreamTrack | undefined;
  #held: HeldSpeech | undefined;
  #talking = true;

  constructor(onPlaybackBlocked: () => void) {
    this.speaker = new Speaker(onPlaybackBlocked);
    this.#context = openContext();
  }

  /** The microphone's track; undefined without a microphone. */
  get microphone(): MediaStreamTrack | undefined {
    return this.#track;
  }

  /** The track to send: that of the microphone, or what was kept of it and is still behind. */
  get sent(): MediaStreamTrack | null {
    return this.#held?.track ?? this.#track ?? null;
  }

  /** Whether the microphone's sound is sent. Otherwise the track is disabled, not stopped, and sends silence. */
  get talking(): boolean {
    return this.#talking;
  }
  set talking(talking: boolean) {
    this.#talking = talking;
    if (this.#track) this.#track.enabled = talking;
    if (!talking) this.#drop();
  }

  /** Loudness of the visitor as it is sent, 0…1. */
  get inputLevel(): number {
    return (this.#talking && this.#input?.level) || 0;
  }

  /** How loud the microphone is, whether its sound is sent or not; undefined if that cannot be measured. */
  get microphoneLevel(): MicrophoneLevel | undefined {
    return this.#context?.state === 'running' ? this.#input : undefined;
  }

  /** How loud the assistant's sound is before the volume is applied, as a root mean square, 0…1. */
  get assistantRms(): number {
    return this.#output?.rms ?? 0;
  }

  /** Loudness of the assistant as it is heard here, 0…1. */
  get outputLevel(): number {
    return (!this.speaker.isSilenced && this.#output?.level) || 0;
  }

  /** Plays the assistant. */
  play(track: MediaStreamTrack): void {
    this.speaker.play(track);
    this.#output?.close();
    this.#output = this.#measure(track);
  }

  /**
   * Opens a microphone in place of the present one. If nobody listens yet when it is open, what the visitor says is
   * kept until `release()`, where the browser can do so.
   * @throws {VoiceError} `insecure-context`, `unsupported` or one of `microphone-…`
   */
  async openMicrophone(request: MicrophoneRequest, signal: AbortSignal, isHeard: () => boolean): Promise<void> {
    const track = await openMicrophone(request, signal);
    this.closeMicrophone();
    this.#track = track;
    this.#monitor = track.clone();
    this.#input = this.#measure(this.#monitor);
    track.enabled = this.#talking;
    const level = this.#talking && !isHeard() && this.microphoneLevel;
    if (level) this.#held = new HeldSpeech(this.#context!, track, level);
  }

  /** Sends what was kept. Resolves when the microphone itself is to be sent. */
  async release(): Promise<void> {
    await this.#held?.release();
    this.#drop();
  }

  #drop(): void {
    this.#held?.close();
    this.#held = undefined;
  }

  closeMicrophone(): void {
    this.#drop();
    this.#input?.close();
    this.#monitor?.stop();
    this.#track?.stop();
    this.#input = this.#monitor = this.#track = undefined;
  }

  /** Call this in a click, after the browser has blocked the playback. */
  resume(): void {
    this.speaker.resume();
    resume(this.#context);
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
    resume(context);
    return context;
  } catch {
    return undefined;
  }
}

/** The promise is not awaited: in Firefox without an output device, it never settles. */
function resume(context: AudioContext | undefined): void {
  context?.resume().catch(() => {});
}
