import { RoomNoise } from './room-noise.js';

// Times are in seconds, as `AudioContext.currentTime` tells them, unless they are named otherwise.
/** What was said longer ago is lost. */
const LONGEST = 10;
/** So much around speech is sent with it, because words begin and end softly. */
const MARGIN = 0.15;
/** So long after the first word, what is late is cut: a conversation must not stay behind. */
const CUT_AFTER = 20;
/** Without a reading for so long, the sound may have been speech. */
const UNKNOWN_AFTER = 0.2;
/** How often the level is read, in milliseconds. */
const INTERVAL_MS = 20;

/**
 * Keeps what a microphone brings until somebody can hear it. The track is silent until `release()`. Then it sends what
 * was kept, from the first word on, and leaves out pauses until it is not behind any more.
 */
export class HeldSpeech {
  readonly #context: AudioContext;
  readonly #level: { readonly rms: number };
  readonly #source: MediaStreamAudioSourceNode;
  readonly #delay: DelayNode;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #room = new RoomNoise();
  readonly track: MediaStreamTrack;
  /** When there was a voice, oldest first. */
  readonly #loudAt: number[] = [];
  #readAt: number;
  #caughtUp: (() => void) | undefined;

  /** `level` is that of the microphone. The context must be running. */
  constructor(context: AudioContext, microphone: MediaStreamTrack, level: { readonly rms: number }) {
    this.#context = context;
    this.#level = level;
    this.#source = context.createMediaStreamSource(new MediaStream([microphone]));
    // Silent: nothing is so old yet.
    this.#delay = new DelayNode(context, { delayTime: LONGEST, maxDelayTime: LONGEST });
    const destination = context.createMediaStreamDestination();
    this.#source.connect(this.#delay).connect(destination);
    this.track = destination.stream.getAudioTracks()[0]!;
    this.#readAt = context.currentTime;
    this.#timer = setInterval(() => this.#read(), INTERVAL_MS);
  }

  /** Sends what was kept. Resolves when the microphone itself can be sent, or when this is closed. */
  release(): Promise<void> {
    return new Promise((resolve) => {
      this.#caughtUp = resolve;
      this.#read();
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#source.disconnect();
    this.track.stop();
    this.#caughtUp?.();
  }

  #read(): void {
    const { currentTime, state } = this.#context;
    const isVoice = this.#room.isVoice(this.#level.rms);
    if (isVoice || currentTime - this.#readAt > UNKNOWN_AFTER) this.#loudAt.push(currentTime);
    this.#readAt = currentTime;
    if (!this.#caughtUp) return;
    const sent = currentTime - this.#delay.delayTime.value;
    const next = this.#loudAt.find((at) => at > sent - MARGIN);
    // The system may have stopped the context, and another script the track: then they bring nothing any more.
    const isOver = state !== 'running' || this.track.readyState === 'ended';
    if (!next || isOver || currentTime - this.#loudAt[0]! > CUT_AFTER) this.#caughtUp();
    else if (next > sent + 2 * MARGIN) this.#delay.delayTime.value = currentTime - next + MARGIN;
  }
}
