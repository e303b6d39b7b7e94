import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import type { Recorder } from './recorder.js';
import { callIdOf } from './relayed-site.js';
import { timed, type RunningCall, type SentTrack } from './running-call.js';
import { until } from './until.js';

/** Runs in the page: another script stops the sent track. */
export function endTrack(): void {
  (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.getSenders()[0]!.track!.stop();
}

/** Runs in the page: the offer of the newest connection. */
function localDescription(): string | undefined {
  return (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!.localDescription?.sdp;
}

/** Loses the microphone, and waits until another is sent in the same call. Returns how long that took. */
export async function replaceMicrophone(
  call: RunningCall,
  lose: () => Promise<unknown>,
  limitMs: number,
): Promise<string> {
  const { voice } = call;
  const sdp = await voice.page.evaluate(localDescription);
  const before = (await call.untilMicrophoneSent())!;
  await lose();
  const isAnother = (track: SentTrack | undefined): boolean => track?.readyState === 'live' && track.id !== before.id;
  const duration = await timed(() => until('another microphone is sent', () => call.sentTrack(), isAnother, limitMs));
  await call.untilHeard();
  assert.equal(await voice.page.evaluate(localDescription), sdp, 'no new negotiation');
  assert.deepEqual([await callIdOf(voice), await voice.microphone()], [call.id, { granted: 2, refused: 0 }]);
  assert.deepEqual(
    [await voice.failures(), await voice.detailsOf('voice-end', 'reason'), voice.opened.errors],
    [[], [], []],
  );
  return duration;
}

/** Kills the audio process. The browser starts another when it needs one. */
export async function killAudio(browser: Browser): Promise<void> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const audio = processInfo.find(({ type }) => type === 'audio.mojom.AudioService');
  assert.ok(audio, 'audio has a process of its own');
  process.kill(audio.id, 'SIGKILL');
}
