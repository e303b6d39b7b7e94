import assert from 'node:assert/strict';
import { it } from 'node:test';
import { difference, quantile, summary } from './statistics.js';

it('sums up measurements in any order by median and quartiles', () => {
  assert.deepEqual(summary([50, 10, 30, 20, 40]), { count: 5, median: 30, low: 20, high: 40 });
});

it('takes a place between two values in proportion', () => {
  assert.equal(quantile([10, 20], 0.5), 15);
  assert.equal(quantile([0, 100], 0.99), 99);
  assert.equal(quantile([7], 0.99), 7);
});

it('sorts by size, not by digits', () => {
  assert.equal(quantile([9, 100, 20], 0.5), 20);
});

it('leaves the list of measurements as it is', () => {
  const values = [3, 1, 2];
  summary(values);
  assert.deepEqual(values, [3, 1, 2]);
});

it('has no summary of nothing', () => {
  assert.throws(() => summary([]), RangeError);
});

it('tells by how much two numbers differ, whichever is larger', () => {
  assert.equal(difference(1, 1.25), 0.25);
  assert.equal(difference(1.25, 1), 0.25);
});
