import { type Browser, launch } from 'puppeteer-core';
import { chromiumPath } from '../support/browser-binaries.js';
import { chromiumArguments } from '../support/browsers.js';

/** A Chromium whose pages may record what they play themselves; without a sound card too, but not when it is muted. */
export function launchHearing(): Promise<Browser> {
  // A fake microphone, or fake permissions, would bring a fake recording.
  const args = chromiumArguments({ noDevice: true, permission: 'prompt', args: ['--auto-accept-this-tab-capture'] });
  return launch({ executablePath: chromiumPath(), args, ignoreDefaultArgs: ['--mute-audio'], headless: true });
}

/** The sound that the visitor hears: what the tab plays, without what is muted. Times are those of `Date.now`. */
export interface TabEar {
  /** For how many milliseconds of the last 500 there was sound. */
  readonly loudFor: number;
  /** Resolves in a moment of sound. */
  loud(): Promise<void>;
  /** Resolves when there was no sound for a while, with the time at which the last one was heard. */
  silence(): Promise<number>;
}

/** Runs in the page's audio thread: tells of every 2.7 ms how loud they were. */
export const WORKLET = `registerProcessor('tab-ear', class extends AudioWorkletProcessor {
  process([[samples]]) {
    let peak = 0;
    for (const sample of samples ?? []) peak = Math.max(peak, Math.abs(sample));
    this.port.postMessage([Date.now(), peak]);
    return true;
  }
});`;

/** Runs in the page; must not refer to anything outside itself. */
export async function installTabEar(): Promise<void> {
  const LOUD = 0.003;
  const QUIET_MS = 400;
  const KEPT_MS = 500;
  const options = {
    video: true,
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    preferCurrentTab: true,
  };
  const stream = await navigator.mediaDevices.getDisplayMedia(options);
  const context = new AudioContext();
  await context.audioWorklet.addModule('/tab-ear.js');
  const node = new AudioWorkletNode(context, 'tab-ear');
  context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(node);
  let heard: number[] = [];
  let listeners: ((at: number, loud: boolean) => boolean)[] = [];
  node.port.onmessage = ({ data: [at, peak] }: MessageEvent<[number, number]>) => {
    const loud = peak > LOUD;
    if (loud) heard = [...heard.filter((time) => time > at - KEPT_MS), at];
    listeners = listeners.filter((listener) => !listener(at, loud));
  };
  const until = (over: (at: number, loud: boolean) => boolean): Promise<void> =>
    new Promise((resolve) => {
      listeners.push((at, loud) => {
        if (!over(at, loud)) return false;
        resolve();
        return true;
      });
    });
  const quantum = (1000 * 128) / context.sampleRate;
  const ear: TabEar = {
    get loudFor() {
      return heard.filter((time) => time > Date.now() - KEPT_MS).length * quantum;
    },
    loud: () => until((_, loud) => loud),
    silence: async () => {
      await until((at) => at - (heard.at(-1) ?? 0) > QUIET_MS);
      return heard.at(-1)! + quantum;
    },
  };
  Object.assign(window, { tabEar: ear });
}
