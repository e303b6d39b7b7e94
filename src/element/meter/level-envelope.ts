/** Time constant of a rising bar, in ms: fast enough to look live. */
const ATTACK_MS = 30;
/** Time constant of a falling bar, in ms: slow enough not to flicker. */
const RELEASE_MS = 180;

/**
 * Moves a value exponentially towards its target; the curve is the same at any frame rate. Bars away from the middle
 * are slower, so that a sound runs outwards.
 */
export function follow(value: number, target: number, elapsedMs: number, distance = 0): number {
  const time = (target > value ? ATTACK_MS : RELEASE_MS) * (1 + distance / 2);
  return target + (value - target) * Math.exp(-elapsedMs / time);
}
