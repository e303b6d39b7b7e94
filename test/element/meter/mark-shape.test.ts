import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markShape, type MarkInput } from '../../../src/element/meter/mark-shape.js';

const SILENT: MarkInput = { state: 'listening', ended: false, muted: false, upper: 0, lower: 0 };
const shape = (changes: Partial<MarkInput>): { upper: number[]; lower: number[] } => {
  const heights = markShape({ ...SILENT, ...changes });
  return { upper: heights.slice(0, 7), lower: heights.slice(7) };
};
const tallest = (heights: number[]): number => Math.max(...heights);

describe('the mark', () => {
  it('has another shape in every state, in silence and without motion', () => {
    const states = ['idle', 'connecting', 'listening', 'thinking', 'speaking', 'failed'] as const;
    const shapes = states.map((state) => JSON.stringify(shape({ state })));
    assert.equal(new Set([...shapes, JSON.stringify(shape({ state: 'idle', ended: true }))]).size, states.length + 1);
  });

  it('cannot be taken for another one in a still picture, at any moment of its motion', () => {
    const height = (heights: number[]): number => heights.reduce((sum, one) => sum + one, 0);
    const rest = shape({ state: 'idle' });
    const [over] = [shape({ state: 'idle', ended: true })];
    assert.equal(new Set([...over.upper, ...over.lower]).size, 1, 'over: a row');
    assert.ok(tallest(over.upper) < tallest(rest.upper) / 2);
    for (let clock = 0; clock < 1508; clock += 4) {
      const thinking = shape({ state: 'thinking', clock });
      assert.ok(Math.min(...thinking.upper) > 0.03 && tallest(thinking.lower) === 0, 'thinking: all of the upper half');
      const { upper, lower } = shape({ state: 'connecting', clock });
      const apart = upper.reduce((sum, one, bar) => sum + Math.abs(one - lower[bar]!), 0);
      const isNearlyFlat = height(upper) + height(lower) < 0.2;
      assert.ok(isNearlyFlat || apart > 0.2, `connecting: the halves differ at ${clock}`);
      assert.ok(Math.min(...upper) < 0.03 || tallest(lower) > 0, `connecting: not like thinking at ${clock}`);
    }
  });

  it('is high below while listening and high above while speaking', () => {
    const listening = shape({ state: 'listening' });
    assert.ok(tallest(listening.lower) > 0.3 && tallest(listening.upper) === 0);
    const speaking = shape({ state: 'speaking' });
    assert.ok(tallest(speaking.upper) > 0.3 && tallest(speaking.lower) === 0);
  });

  it('shows both voices when one interrupts the other', () => {
    const both = shape({ state: 'speaking', upper: 1, lower: 0.8 });
    assert.ok(tallest(both.upper) > 0.9 && tallest(both.lower) > 0.7);
  });

  it('is symmetric about the middle bar, which is the highest', () => {
    const { upper } = shape({ state: 'speaking', upper: 1 });
    assert.deepEqual(upper, upper.toReversed());
    assert.equal(tallest(upper), upper[3]);
  });

  it('is flat when the call failed, and flat below when muted', () => {
    assert.equal(tallest([...shape({ state: 'failed' }).upper, ...shape({ state: 'failed' }).lower]), 0);
    assert.equal(tallest(shape({ muted: true }).lower), 0);
  });

  it('raises one bar after the other while thinking', () => {
    const highest = [380, 500, 620, 740].map((clock) => {
      const { upper } = shape({ state: 'thinking', clock });
      return upper.indexOf(tallest(upper));
    });
    assert.deepEqual(highest, [0, 1, 2, 3]);
  });

  it('raises the bars of both halves in turn while connecting', () => {
    const early = shape({ state: 'connecting', clock: 600 });
    const late = shape({ state: 'connecting', clock: 1300 });
    assert.ok(early.upper[0]! > early.upper[6]! && late.upper[0]! < late.upper[6]!);
  });

  it('stays within the card at any level', () => {
    for (const state of ['speaking', 'thinking', 'connecting'] as const) {
      for (const level of [1, 7, -1, NaN]) {
        const heights = markShape({ ...SILENT, state, upper: level, lower: level, clock: 99_999 });
        assert.ok(
          heights.length === 14 && heights.every((height) => height >= 0 && height <= 1),
          `${state} ${level}: ${heights}`,
        );
      }
    }
  });

  it('treats a missing level as silence, and one above 1 as 1', () => {
    const tops = [-1, 0.4, 7, NaN].map((upper) => tallest(shape({ upper }).upper));
    assert.deepEqual(tops, [0, 0.4 * 0.99, 0.99, 0]);
  });
});
