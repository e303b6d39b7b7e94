import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clamp, follow, Ripple } from '../../src/element/level-envelope.js';

const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 0.005, `${actual}, not ${expected}`);

describe('the envelope', () => {
  it('rises to 63 % in 30 ms and falls to 37 % in 180 ms', () => {
    near(follow(0, 1, 30), 0.632);
    near(follow(1, 0, 180), 0.368);
  });

  it('draws the same curve at any frame rate', () => {
    let slow = 0;
    let fast = 0;
    for (let frame = 0; frame < 3; frame++) slow = follow(slow, 1, 16);
    for (let frame = 0; frame < 6; frame++) fast = follow(fast, 1, 8);
    near(slow, fast);
  });

  it('reaches its target after a long pause, and never passes it', () => {
    assert.equal(follow(0.2, 0.7, Infinity), 0.7);
    assert.equal(follow(0.7, 0.2, Infinity), 0.2);
  });

  it('keeps a level within the card', () => {
    assert.deepEqual([-1, 0.4, 7, NaN].map(clamp), [0, 0.4, 1, 0]);
  });
});

describe('the ripple', () => {
  it('runs from the middle outwards', () => {
    const ripple = new Ripple();
    ripple.advance(1, 16);
    const [first, second, third, fourth] = ripple.rings as [number, number, number, number];
    assert.ok(first > second && second > third && third > fourth && fourth > 0, String(ripple.rings));
  });

  it('settles on one level', () => {
    const ripple = new Ripple();
    for (let frame = 0; frame < 60; frame++) ripple.advance(0.5, 16);
    ripple.rings.forEach((ring) => near(ring, 0.5));
  });

  it('jumps where motion is not wanted', () => {
    const ripple = new Ripple();
    ripple.jump(0.8);
    assert.deepEqual(ripple.rings, [0.8, 0.8, 0.8, 0.8]);
  });
});
