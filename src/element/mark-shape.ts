import type { VoiceState } from '../session/index.js';

/** The envelope of the seven bars: highest in the middle, like a voice. */
const WEIGHTS = [0.24, 0.54, 0.82, 0.99, 0.82, 0.54, 0.24];

/** How high each half stands in silence: the state is told by shape, without colour or motion. */
const REST: Readonly<Record<VoiceState, readonly [upper: number, lower: number]>> = {
  idle: [0.36, 0.36],
  connecting: [0.16, 0.16],
  listening: [0, 0.4],
  thinking: [0, 0],
  speaking: [0.5, 0],
  reconnecting: [0.16, 0.16],
  failed: [0, 0],
};

export interface MarkInput {
  readonly state: VoiceState;
  readonly muted: boolean;
  /** Levels of the assistant and the visitor, from the middle bar outwards. */
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  /** Milliseconds of a running clock; undefined = without motion. */
  readonly clock: number | undefined;
}

/** A bar's share of a wave that runs from bar to bar. */
function wave(clock: number, bar: number, period: number, width: number): number {
  const since = (clock - bar * 120 + period) % period;
  return since < width ? Math.sin((Math.PI * since) / width) ** 2 : 0;
}

function half(input: MarkInput, side: 0 | 1): number[] {
  const { state, clock } = input;
  const levels = side === 0 ? input.upper : input.lower;
  const rest = side === 1 && input.muted ? 0 : REST[state][side];
  return WEIGHTS.map((weight, bar) => {
    if (state === 'connecting' || state === 'reconnecting') {
      return clock === undefined ? rest * weight : 0.45 * wave(clock, bar, 2100, 1250);
    }
    const level = Math.max(rest, levels[Math.abs(bar - 3)] ?? 0) * weight;
    if (state !== 'thinking' || side === 1) return level;
    const rising = clock === undefined ? Number(bar === 3) : wave(clock, bar, 1500, 560);
    return Math.max(level, 0.5 * rising);
  });
}

/** Heights, 0…1, of the seven upper bars and then of the seven lower ones. */
export function markShape(input: MarkInput): number[] {
  return [...half(input, 0), ...half(input, 1)];
}
