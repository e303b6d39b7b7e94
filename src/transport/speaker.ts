/** How loud a ducked sound is, as a factor: −18 dB. */
const DUCKED = 0.126;

/** A sound that is paused again this soon after it was played again stays paused, in ms. */
const PAUSED_AGAIN_MS = 1000;

/**
 * Plays the assistant through one `<audio>` outside the document, so that moving the element in the page does not
 * pause it. Make it in the visitor's click, because browsers allow sound only there.
 */
export class Speaker {
  readonly #audio = new Audio();
  readonly #onBlocked: () => void;
  #playedAgainAt = -Infinity;
  #volume = 1;
  #isDucked = false;

  constructor(onBlocked: () => void) {
    this.#onBlocked = onBlocked;
    this.#audio.autoplay = true;
    this.#audio.onpause = () => this.#paused();
  }

  /** Plays a track. Chromium lets Web Audio measure a remote track only while an `<audio>` plays it. */
  play(track: MediaStreamTrack): void {
    this.#audio.srcObject = new MediaStream([track]);
    this.resume();
  }

  /** Starts the playback. The promise of `play()` is not awaited, because in some browsers it never settles. */
  resume(): void {
    this.#audio.play().catch((error: DOMException) => {
      // An AbortError only means that another track or a pause came in between.
      if (error.name === 'NotAllowedError') this.#onBlocked();
    });
  }

  /** Silences the sound here at once, including sound that is still on its way. */
  set muted(muted: boolean) {
    this.#audio.muted = muted;
  }

  /** Lowers the sound by 18 dB, where pages may set the volume: not in iOS. */
  set ducked(ducked: boolean) {
    if (ducked === this.#isDucked) return;
    this.#isDucked = ducked;
    this.#applyVolume();
  }

  /** Whether nothing can be heard here, whatever arrives. */
  get isSilenced(): boolean {
    return this.#audio.muted || this.#audio.volume === 0;
  }

  /**
   * Sets the volume, 0…1, and the output device if the browser has `setSinkId`. With an unknown device, the sound stays
   * where it is. A volume that is no number is 1.
   */
  configure({ volume = 1, outputDeviceId = '' }: { readonly volume?: number; readonly outputDeviceId?: string }): void {
    this.#volume = Math.max(volume < 1 ? volume : 1, 0);
    this.#applyVolume();
    const { sinkId = '' } = this.#audio;
    if (sinkId !== outputDeviceId) this.#audio.setSinkId?.(outputDeviceId).catch(() => {});
  }

  #applyVolume(): void {
    this.#audio.volume = this.#volume * (this.#isDucked ? DUCKED : 1);
  }

  /**
   * Plays the sound again after the browser has paused it by itself, as some do when a headset is unplugged or the
   * telephone rings. A browser that insists is not fought with.
   */
  #paused(): void {
    if (!this.#audio.srcObject) return;
    const now = performance.now();
    if (now - this.#playedAgainAt < PAUSED_AGAIN_MS) return this.#onBlocked();
    this.#playedAgainAt = now;
    this.resume();
  }

  close(): void {
    this.#audio.pause();
    this.#audio.srcObject = null;
  }
}
