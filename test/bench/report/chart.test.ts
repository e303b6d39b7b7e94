import assert from 'node:assert/strict';
import { it } from 'node:test';
import { barChart, type Bar } from './chart.js';

const bar: Bar = { label: 'A page', value: 50, low: 40, high: 100, note: '50 ms' };

it('draws bars in proportion to the largest value or spread', () => {
  const svg = barChart('Times', [bar, { ...bar, value: 100 }, { ...bar, value: 25 }]);
  const [half, whole, quarter] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  assert.equal(whole, 340);
  assert.deepEqual([half, quarter], [whole / 2, whole / 4]);
});

it('keeps every bar and note inside the picture', () => {
  const svg = barChart('Times', [bar, bar]);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
  for (const [, x] of svg.matchAll(/ x="([\d.]+)"/g)) assert.ok(Number(x) < width! - 100, x);
  for (const [, y] of svg.matchAll(/ y="([\d.]+)"/g)) assert.ok(Number(y) < height!, y);
});

it('marks ours', () => {
  assert.deepEqual(
    [...barChart('Times', [bar, { ...bar, ours: true }]).matchAll(/<rect class="(\w+)"/g)].map(([, name]) => name),
    ['bar', 'ours'],
  );
});

it('writes any text without breaking the markup', () => {
  const svg = barChart('A & B', [{ ...bar, label: '<realtime-voice token-url="/t">' }]);
  assert.match(svg, /aria-label="A &amp; B"/);
  assert.match(svg, />&lt;realtime-voice token-url=&quot;\/t&quot;&gt;</);
});

it('runs no script, loads nothing and has colours for a dark page', () => {
  const svg = barChart('Times', [bar]);
  assert.doesNotMatch(svg, /<script|href|url\(|@import|\son\w+=/);
  assert.match(svg, /prefers-color-scheme:dark/);
});
