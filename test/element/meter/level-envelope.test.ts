import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { follow } from '../../../src/element/meter/level-envelope.js';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 0.005, `${actual}, not ${expected}`);

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

  it('is slower for bars away from the middle', () => {
    const [first, second, third, fourth] = [0, 1, 2, 3].map((distance) => follow(0, 1, 16, distance)) as [
      number,
      number,
      number,
      number,
    ];
    assert.ok(first > second && second > third && third > fourth && fourth > 0, String([first, second, third, fourth]));
  });

  it('settles on a constant level', () => {
    for (const distance of [0, 1, 2, 3]) {
      let height = 0;
      for (let frame = 0; frame < 60; frame++) height = follow(height, 0.5, 16, distance);
      near(height, 0.5);
    }
  });
});
