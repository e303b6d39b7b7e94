/** How quickly a bar rises and falls, in milliseconds: fast enough to feel live, slow enough not to flicker. */
const ATTACK_MS = 30;
const RELEASE_MS = 180;

/**
 * One step of an exponential follower; the same curve at any frame rate. Bars further from the middle are slower, so
 * that a sound runs outwards like a ripple.
 */
export function follow(value: number, target: number, elapsedMs: number, distance = 0): number {
  const time = (target > value ? ATTACK_MS : RELEASE_MS) * (1 + distance / 2);
  return target + (value - target) * Math.exp(-elapsedMs / time);
}
