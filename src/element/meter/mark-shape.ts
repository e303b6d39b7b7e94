import type { VoiceState } from '../../session/index.js';

/** Relative heights of the seven bars: highest in the middle. */
const WEIGHTS = [0.24, 0.54, 0.82, 0.99, 0.82, 0.54, 0.24];

/** Heights of the upper and the lower half in silence, 0…1. They show the state without colour or motion. */
const REST: Readonly<Partial<Record<VoiceState, readonly number[]>>> = {
  idle: [0.36, 0.36],
  thinking: [0.16, 0],
  listening: [0, 0.4],
  speaking: [0.5, 0],
};

export interface MarkInput {
  readonly state: VoiceState;
  /** A call is over, and none has begun since. */
  readonly ended: boolean;
  readonly muted: boolean;
  /** Level of the assistant, 0…1. */
  readonly upper: number;
  /** Level of the visitor, 0…1. */
  readonly lower: number;
  /** Time in ms, for the bars that move by themselves; undefined = no motion. */
  readonly clock?: number | undefined;
}

/** Height of each bar, in both halves, when a call is over: a low row. */
const ENDED = 0.12;
/** So much later is the lower half in a sweep through both: at no time does it look like the mark at rest. */
const LAG_MS = 360;

/** Height of a bar in a wave that runs from bar to bar; without motion its crest is in the middle. */
function wave(bar: number, clock: number): number {
  return 0.45 * Math.max(0, Math.sin(clock / 240 - bar / 2));
}

/** Heights of the seven upper bars and then of the seven lower ones, 0…1. */
export function markShape({ state, ended, muted, upper, lower, clock = 720 }: MarkInput): number[] {
  if (ended && state === 'idle') return Array<number>(2 * WEIGHTS.length).fill(ENDED);
  const connecting = state === 'connecting' || state === 'reconnecting';
  return [upper, muted ? 0 : lower].flatMap((level, side) => {
    const rest = side && muted ? 0 : (REST[state]?.[side] ?? 0);
    const waving = connecting || (state === 'thinking' && !side);
    // A level that is missing or out of range must not throw a bar out of the card.
    const height = Math.max(rest, Math.min(1, level || 0));
    return WEIGHTS.map((weight, bar) => Math.max(height * weight, waving ? wave(bar, clock - side * LAG_MS) : 0));
  });
}
