/**
 * Plays the assistant through one `<audio>` that is in no document: moving the element about the page cannot
 * pause it. Make it in the visitor's click, so that the gesture allows the sound.
 */
export class Speaker {
  readonly #audio = new Audio();
  readonly #onBlocked: () => void;

  constructor(onBlocked: () => void) {
    this.#onBlocked = onBlocked;
    this.#audio.autoplay = true;
  }

  /** Call it in the click. An `<audio>` must play a remote stream before Web Audio can measure it (Chromium). */
  play(track: MediaStreamTrack): void {
    this.#audio.srcObject = new MediaStream([track]);
    this.resume();
  }

  /** Nothing waits for `play()`: in some browsers it never settles. */
  resume(): void {
    this.#audio.play().catch((error: DOMException) => {
      // AbortError only says that another stream or a pause came in between.
      if (error.name === 'NotAllowedError') this.#onBlocked();
    });
  }

  /** Silence at once, without waiting for what is still on its way. */
  set muted(muted: boolean) {
    this.#audio.muted = muted;
  }

  /**
   * How loud, 0…1, and where the browser lets a page choose (`setSinkId`), through which device; one that is not there
   * leaves the sound where it is.
   */
  configure({ volume = 1, outputDeviceId = '' }: { readonly volume?: number; readonly outputDeviceId?: string }): void {
    this.#audio.volume = Math.min(Math.max(volume, 0), 1);
    const { sinkId = '' } = this.#audio;
    if (sinkId !== outputDeviceId) this.#audio.setSinkId?.(outputDeviceId).catch(() => {});
  }

  close(): void {
    this.#audio.pause();
    this.#audio.srcObject = null;
  }
}
