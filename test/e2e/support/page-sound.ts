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

/** Packets a second in both directions, by the browser's own count and clock over at least three seconds. */
export function packetRates(page: Page): Promise<{ sent: number; received: number }> {
  return page.evaluate(async () => {
    const peer = (window as unknown as { __recorder: Recorder }).__recorder.peers.at(-1)!;
    const count = async (): Promise<{ at: number; sent: number; received: number }> => {
      const counts = { at: 0, sent: NaN, received: NaN };
      (await peer.getStats()).forEach(
        (entry: { type: string; kind?: string; timestamp: number; packetsSent: number; packetsReceived: number }) => {
          if (entry.kind !== 'audio') return;
          if (entry.type === 'outbound-rtp') Object.assign(counts, { at: entry.timestamp, sent: entry.packetsSent });
          if (entry.type === 'inbound-rtp') counts.received = entry.packetsReceived;
        },
      );
      return counts;
    };
    const first = await count();
    let last = first;
    while (last.at - first.at < 3000) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      last = await count();
    }
    const seconds = (last.at - first.at) / 1000;
    return { sent: (last.sent - first.sent) / seconds, received: (last.received - first.received) / seconds };
  });
}
