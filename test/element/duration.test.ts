import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatCountdown, formatDuration } from '../../src/element/duration.js';

it('a duration is written in the words of the language', () => {
  assert.equal(formatDuration(9_400, 'en'), '9 sec');
  assert.equal(formatDuration(120_000, 'en'), '2 min 0 sec');
  assert.match(formatDuration(84_000, 'de'), /1 Min\. 24 Sek\./);
});

it('a countdown is written with the plurals of the language', () => {
  assert.equal(formatCountdown(15, 'en'), 'in 15 seconds');
  assert.equal(formatCountdown(1, 'en'), 'in 1 second');
  assert.equal(formatCountdown(2, 'de'), 'in 2 Sekunden');
});
