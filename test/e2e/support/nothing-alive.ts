import type { Alive } from '../../support/alive-counters.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/** Waits, because some things end asynchronously: an AudioContext takes a moment to close. */
export async function assertNothingAlive(voice: VoicePage): Promise<void> {
  await until(
    'nothing is alive',
    () => aliveIn(voice),
    (alive) => Object.values(alive).every((count) => count === 0),
    5000,
  );
}

/** What the page holds now, without totals and without what it may keep. */
export async function aliveIn({ opened }: VoicePage): Promise<Omit<Alive, 'made' | 'stored'>> {
  const { made: _, stored: __, ...alive } = await opened.alive();
  return alive;
}
