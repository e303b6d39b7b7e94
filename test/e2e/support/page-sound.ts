import type { Page } from 'puppeteer-core';
import type { Recorder } from './recorder.js';

/**
 * Measures from now on what the newest peer connection of the page receives. `loudest()` ends the measurement and
 * returns the highest RMS within 40 ms, 0…1.
 */
export async function hearAssistant(page: Page): Promise<{ loudest(): Promise<number> }> {
  const ear = await page.evaluateHandle(async () => {
    const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(new MediaStream([peer.getReceivers()[0]!.track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const ear = { loudest: 0, stop: () => {} };
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      ear.loudest = Math.max(
        ear.loudest,
        Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length),
      );
    }, 40);
    ear.stop = () => {
      clearInterval(timer);
      void context.close();
    };
    return ear;
  });
  return {
    loudest: () =>
      ear.evaluate((held) => {
        held.stop();
        return held.loudest;
      }),
  };
}

/** The rates of packets of 20 ms, as far as they can be told. */
export const PACKET_RATE = { least: 48, most: 52 };

/**
 * RTP packets for each second of sound, in both directions, over at least five seconds. The seconds are those of the
 * media and not of the clock: the samples that the microphone has given, and those that have left the jitter buffer. On
 * a busy machine the jitter buffer grows and shrinks, and what it held at first is counted too. Over a longer time that
 * counts for less: a rate that is not right after five seconds is measured for up to thirty.
 */
export function packetRates(page: Page): Promise<{ sent: number; received: number }> {
  return page.evaluate(async ({ least, most }) => {
    const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
    interface Entry {
      readonly type: string;
      readonly kind?: string;
      readonly packetsSent: number;
      readonly packetsReceived: number;
      readonly totalSamplesDuration: number;
      readonly jitterBufferEmittedCount: number;
    }
    const count = async (): Promise<{
      sent: number;
      sentSeconds: number;
      received: number;
      receivedSeconds: number;
    }> => {
      const counts = { sent: NaN, sentSeconds: NaN, received: NaN, receivedSeconds: NaN };
      (await peer.getStats()).forEach((entry: Entry) => {
        if (entry.kind !== 'audio') return;
        if (entry.type === 'outbound-rtp') counts.sent = entry.packetsSent;
        if (entry.type === 'media-source') counts.sentSeconds = entry.totalSamplesDuration;
        if (entry.type !== 'inbound-rtp') return;
        counts.received = entry.packetsReceived;
        // Opus counts its samples in 48 kHz.
        counts.receivedSeconds = entry.jitterBufferEmittedCount / 48_000;
      });
      return counts;
    };
    const first = await count();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const last = await count();
      const sentSeconds = last.sentSeconds - first.sentSeconds;
      const receivedSeconds = last.receivedSeconds - first.receivedSeconds;
      const sent = (last.sent - first.sent) / sentSeconds;
      const received = (last.received - first.received) / receivedSeconds;
      const seconds = Math.min(sentSeconds, receivedSeconds);
      const isRight = [sent, received].every((rate) => rate >= least && rate <= most);
      if (seconds >= (isRight ? 5 : 30)) return { sent, received };
    }
  }, PACKET_RATE);
}
