import type { VoiceState } from '../../session/index.js';

/** The envelope of the seven bars: highest in the middle, like a voice. */
const WEIGHTS = [0.24, 0.54, 0.82, 0.99, 0.82, 0.54, 0.24];

/** How high the upper and the lower half stand in silence: the state is told by shape, without colour or motion. */
const REST: Readonly<Partial<Record<VoiceState, readonly number[]>>> = {
  idle: [0.36, 0.36],
  listening: [0, 0.4],
  speaking: [0.5, 0],
};

export interface MarkInput {
  readonly state: VoiceState;
  readonly muted: boolean;
  /** Levels of the assistant and of the visitor. */
  readonly upper: number;
  readonly lower: number;
  /** Milliseconds of a running clock; undefined = without motion. */
  readonly clock: number | undefined;
}

/** A wave that runs from bar to bar; without motion, its crest in the middle. */
function wave(bar: number, clock = 720): number {
  return 0.45 * Math.max(0, Math.sin(clock / 240 - bar / 2));
}

/** Heights, 0…1, of the seven upper bars and then of the seven lower ones. */
export function markShape({ state, muted, upper, lower, clock }: MarkInput): number[] {
  const connecting = state === 'connecting' || state === 'reconnecting';
  return [upper, muted ? 0 : lower].flatMap((level, side) => {
    const rest = side && muted ? 0 : (REST[state]?.[side] ?? 0);
    const waving = connecting || (state === 'thinking' && !side);
    // A level that is missing or out of range must not throw a bar out of the card.
    const height = Math.max(rest, Math.min(1, level || 0));
    return WEIGHTS.map((weight, bar) => Math.max(height * weight, waving ? wave(bar, clock) : 0));
  });
}
