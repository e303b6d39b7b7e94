import type { Alive } from '../../support/alive-counters.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** What is asynchronous by nature: an AudioContext takes a moment to close, a frame is given up with the next render. */
export async function assertNothingAlive(voice: VoicePage): Promise<void> {
  await until(
    'nothing is alive',
    () => aliveIn(voice),
    (alive) => Object.values(alive).every((count) => count === 0),
    5000,
  );
}

/** Without what is only counted, and what a page may keep. */
export async function aliveIn({ opened }: VoicePage): Promise<Omit<Alive, 'made' | 'stored'>> {
  const { made: _, stored: __, ...alive } = await opened.alive();
  return alive;
}
