import { readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { CALLS, callIdOf, type RelayedSite, TOKEN } from '../../e2e/support/relayed-site.js';
import { openVoicePage } from '../../e2e/support/voice-page.js';
import { launchChromium } from '../../support/browsers.js';
import { speechWav } from '../../support/speech-wav.js';
import { matches, pcm, RATE, readWav, resampled } from './matching.js';
import { installTrackLog, type TrackLog } from './track-log.js';

export interface Scene {
  readonly title: string;
  readonly first: string;
  /** Between the sentences, in milliseconds. */
  readonly pause: number;
  readonly second: string;
  /** Without an `AudioContext`, the element keeps nothing. */
  readonly withoutContext?: boolean;
}

/** What was heard of a sentence. */
export interface Sentence {
  /** How many windows of speech it has. */
  readonly count: number;
  /** How long after it was said each window arrived that was heard, in milliseconds. */
  readonly late: readonly number[];
}

export interface Heard {
  readonly title: string;
  /** When the microphone's own track was sent, in milliseconds after the call was ready. */
  readonly microphoneAfter: number;
  readonly first: Sentence;
  readonly second: Sentence;
  /** The browser and its version. */
  readonly browser: string;
}

// In milliseconds.
const LEAD = 100;
const TAIL = 5000;
/** What is said last has arrived by then. */
const LATEST = 4000;

/** One call, in a browser whose microphone begins to speak when it is opened. */
export async function measure(site: RelayedSite, scene: Scene): Promise<Heard> {
  const { title, first, pause, second, withoutContext } = scene;
  const wav = await speechWav([first, pause, second], { leadMs: LEAD, tailMs: TAIL });
  const spoken = readWav(readFileSync(wav));
  const browser = await launchChromium({ wav });
  try {
    const voice = await openVoicePage(browser, {
      attributes: { 'token-url': site.server.url + TOKEN, 'calls-url': site.server.url + CALLS },
      prelude: installTrackLog,
    });
    const { page } = voice;
    if (withoutContext) await page.evaluate(() => Reflect.deleteProperty(window, 'AudioContext'));
    // Noise suppression would change the sound that is looked for.
    await page.$eval('realtime-voice', (element) => {
      element.audioConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    });
    await page.click('realtime-voice >>> [part~="start-button"]');
    await voice.untilState('listening');
    const call = `${site.practiceUrl}/practice/calls/${await callIdOf(voice)}`;
    // An answer would be interrupted by the second sentence.
    await fetch(`${call}/scripted`, { method: 'POST', body: JSON.stringify({ scripted: true }) });
    const log = (): Promise<TrackLog> => page.evaluate(() => (window as unknown as { __tracks: TrackLog }).__tracks);
    const openedAt = (await log()).openedAt!;
    await pass(openedAt + (1000 * spoken.length) / RATE - TAIL + LATEST - Date.now());
    const response = await fetch(`${call}/sound`);
    const heardUntil = Date.now();
    const heard = resampled(pcm(Buffer.from(await response.arrayBuffer())), 48_000);
    const { microphoneAt, readyAt } = await log();
    await voice.close();

    const delay = heardUntil - (1000 * heard.length) / RATE - openedAt;
    const found = matches(spoken, heard);
    const pauseAt = found.findIndex(({ at }, index) => found[index + 1]!.at - at > pause / 2) + 1;
    const sentence = (part: typeof found): Sentence => {
      const late = part.flatMap(({ at, heardAt }) => (heardAt === undefined ? [] : [heardAt + delay - at]));
      return { count: part.length, late };
    };
    const microphoneAfter = Math.max(0, microphoneAt! - readyAt!);
    return {
      title,
      microphoneAfter,
      first: sentence(found.slice(0, pauseAt)),
      second: sentence(found.slice(pauseAt)),
      browser: await browser.version(),
    };
  } finally {
    await browser.close();
  }
}
