import { RoomNoise } from '../../transport/room-noise.js';

/** The assistant's voice comes back through the room 14 dB quieter than it is played, or more. */
const USUAL_ECHO = 0.2;
/** After each mistake the echo is taken to be louder by so much: 3.5 dB. */
const ECHO_STEP = 1.5;
/** It is never taken to be louder than what is played: a visitor who is louder is always heard. */
const LOUDEST_ECHO = 1;
/** How fast a played sound fades in the room, for each reading: 9 dB in 300 ms. */
const FADING = 0.93;
/** A single loud reading is a click. */
const READINGS = 2;
/** After so many readings without a voice, a second, nobody speaks any more. */
const PAUSE = 50;

/** Notices when the visitor begins to speak, in a microphone that may hear the assistant too. */
export class VisitorVoice {
  readonly #room = new RoomNoise();
  #echo = USUAL_ECHO;
  #played = 0;
  #loudReadings = 0;
  #quietReadings = PAUSE;

  /** Whether somebody speaks, with no pause longer than a second. */
  get isHeard(): boolean {
    return this.#quietReadings < PAUSE;
  }

  /**
   * Call it every 20 ms with the root mean squares of both sounds, 0…1.
   * @returns whether the visitor begins to speak: once, until there was a pause
   */
  begins(microphone: number, assistant: number): boolean {
    this.#played = Math.max(assistant, this.#played * FADING);
    const isLoud = this.#room.isVoice(microphone) && microphone > this.#played * this.#echo;
    this.#loudReadings = isLoud ? this.#loudReadings + 1 : 0;
    this.#quietReadings = isLoud ? 0 : this.#quietReadings + 1;
    return this.#loudReadings === READINGS;
  }

  /** It was the visitor. */
  confirm(): void {
    this.#echo = USUAL_ECHO;
  }

  /** It was not the visitor: probably the assistant, which is louder in this room than expected. */
  reject(): void {
    this.#echo = Math.min(this.#echo * ECHO_STEP, LOUDEST_ECHO);
  }
}
