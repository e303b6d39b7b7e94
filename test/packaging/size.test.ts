import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What the whole of a call that survives takes; the element alone, without recovery, fits in 24,000. */
const BUDGET = 26_500;

it(`the drop-in file weighs at most ${BUDGET} bytes with brotli`, (test) => {
  const file = readFileSync('dist/realtime-voice.min.js');
  const { length } = brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  test.diagnostic(`${length} bytes brotli, ${gzipSync(file, { level: 9 }).length} gzip, ${file.length} plain`);
  assert.ok(length <= BUDGET, `${length} bytes`);
});
