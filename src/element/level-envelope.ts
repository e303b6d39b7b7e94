/** How quickly a bar rises and falls, in milliseconds: fast enough to feel live, slow enough not to flicker. */
const ATTACK_MS = 30;
const RELEASE_MS = 180;

/** One step of an exponential follower; the same curve at any frame rate. */
export function follow(value: number, target: number, elapsedMs: number): number {
  const time = target > value ? ATTACK_MS : RELEASE_MS;
  return target + (value - target) * Math.exp(-elapsedMs / time);
}

/** A level that is missing or out of range must not throw a bar out of the card. */
export function clamp(level: number): number {
  return Math.min(1, Math.max(0, level || 0));
}

/** Heights from the centre outwards. Each ring follows the one inside it, so that a sound runs like a ripple. */
export class Ripple {
  readonly rings: number[] = [0, 0, 0, 0];

  advance(level: number, elapsedMs: number): void {
    let target = clamp(level);
    for (let ring = 0; ring < this.rings.length; ring++) {
      target = this.rings[ring] = follow(this.rings[ring]!, target, elapsedMs);
    }
  }

  /** Without easing, for visitors who asked for reduced motion. */
  jump(level: number): void {
    this.rings.fill(clamp(level));
  }
}
