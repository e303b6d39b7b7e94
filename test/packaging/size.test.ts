import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** The whole: recovery, the other dialects, the variants, consent and settings. A first call alone fits in 24,000. */
const BUDGET = 28_800;

it(`the drop-in file weighs at most ${BUDGET} bytes with brotli`, (test) => {
  const file = readFileSync('dist/realtime-voice.min.js');
  const { length } = brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  test.diagnostic(`${length} bytes brotli, ${gzipSync(file, { level: 9 }).length} gzip, ${file.length} plain`);
  assert.ok(length <= BUDGET, `${length} bytes`);
});

it('a language weighs at most 1,500 bytes with brotli', (test) => {
  const files = readdirSync('dist/locales').filter((file) => file.endsWith('.min.js'));
  assert.equal(files.length, 11);
  const sizes = files.map((file) => brotliCompressSync(readFileSync(`dist/locales/${file}`)).length);
  test.diagnostic(`${Math.min(...sizes)} to ${Math.max(...sizes)} bytes`);
  assert.ok(
    sizes.every((size) => size <= 1_500),
    sizes.join(),
  );
});
