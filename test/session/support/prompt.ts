/** The visitor's time to answer: what the real `getUserMedia` grants is handed on when the test says so. */
export class Prompt {
  /** What was asked for, oldest first. */
  readonly asked: MediaTrackConstraints[] = [];
  readonly tracks: MediaStreamTrack[] = [];
  #allow!: () => void;
  readonly #allowed = new Promise<void>((resolve) => (this.#allow = resolve));

  constructor() {
    const { getUserMedia } = MediaDevices.prototype;
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      this.asked.push(constraints!.audio as MediaTrackConstraints);
      await this.#allowed;
      const stream = await getUserMedia.call(navigator.mediaDevices, constraints);
      this.tracks.push(...stream.getTracks());
      return stream;
    };
  }

  /** The visitor allows the microphone. Resolves when so many tracks were granted, or after a while. */
  async allow(tracks = 1): Promise<void> {
    this.#allow();
    const deadline = performance.now() + 5000;
    while (this.tracks.length < tracks && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    // The page's own steps come after the grant.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  close(): void {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  }
}
