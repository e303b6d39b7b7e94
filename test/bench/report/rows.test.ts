import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rowTable } from './rows.js';

it('a table of figures says whether each limit is met, and rounds only what is large', () => {
  const rows = [
    { name: 'main thread', value: 2.987, unit: '% of a core', limit: 3 },
    { name: 'memory', value: 2_227.4, unit: 'bytes', limit: 2_000 },
    { name: 'frames', value: 0, unit: 'a second' },
  ];
  assert.equal(
    rowTable(rows),
    `|  | measured | at most |
| --- | ---: | ---: |
| main thread | 2.99 % of a core | 3: met |
| memory | 2,227 bytes | 2,000: **not met** |
| frames | 0 a second |  |`,
  );
});
