import type { Turn } from '../sound/ear.js';

export interface Segment {
  speaker: string;
  text: string;
  /** Seconds from the beginning of the turn. This is an assumption: the service's documents say only "start time". */
  start: number;
  end: number;
}

const SPEAKERS = ['A', 'B'];
/** A turn with more speech than this is split between two speakers. */
const ONE_SPEAKER_MS = 1000;

/** No voices are recognised here: the first half of a long turn is said to be A's, and the second half B's. */
export function segmentsOf(turn: Turn): Segment[] {
  const count = turn.speechMs === 0 ? 0 : turn.speechMs > ONE_SPEAKER_MS ? SPEAKERS.length : 1;
  const seconds = turn.speechMs / 1000 / count;
  return SPEAKERS.slice(0, count).map((speaker, index) => ({
    speaker,
    text: `(${seconds.toFixed(1)} s of speech)`,
    start: Math.round(index * seconds * 100) / 100,
    end: Math.round((index + 1) * seconds * 100) / 100,
  }));
}
