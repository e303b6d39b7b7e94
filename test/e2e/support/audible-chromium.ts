import { launch, type Browser, type Page } from 'puppeteer-core';
import { chromiumPath } from '../../support/browser-binaries.js';
import { chromiumArguments } from '../../support/browsers.js';
import { until } from './until.js';

/**
 * A Chromium that is not muted, unlike the others, and in which a page can record its own tab. It has no microphone:
 * with a fake microphone, the tab recording would be fake too.
 */
export function launchAudibleChromium(): Promise<Browser> {
  return launch({
    executablePath: chromiumPath(),
    args: chromiumArguments({ noDevice: true, permission: 'prompt', args: ['--auto-accept-this-tab-capture'] }),
    ignoreDefaultArgs: ['--mute-audio'],
    headless: true,
    timeout: 60_000,
    protocolTimeout: 60_000,
  });
}

export interface Output {
  untilLoud(): Promise<unknown>;
  untilSilent(): Promise<unknown>;
}

/** Records what the page plays to the visitor from now on, as opposed to what it receives. */
export async function recordOutput(page: Page): Promise<Output> {
  const output = await page.evaluateHandle(async () => {
    // An echo canceller would remove from the recording what the page plays.
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const wanted = { audio: { ...plain, suppressLocalAudioPlayback: false }, video: true, preferCurrentTab: true };
    const stream = await navigator.mediaDevices.getDisplayMedia(wanted as DisplayMediaStreamOptions);
    stream.getVideoTracks().forEach((track) => track.stop());
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 32_768 });
    context.createMediaStreamSource(stream).connect(analyser);
    return { analyser, samples: new Float32Array(analyser.fftSize) };
  });
  /** RMS of 0.7 s, which is longer than a pause between two sentences. */
  const level = (): Promise<number> =>
    output.evaluate(({ analyser, samples }) => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    });
  return {
    untilLoud: () => until('the page plays sound', level, (rms) => rms > 0.03),
    untilSilent: () => until('the page is silent', level, (rms) => rms < 0.0005),
  };
}
