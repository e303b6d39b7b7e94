import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { LANGUAGES } from '../support/languages.js';
import { brotliBytes, bundleSize, type BundleSize, sizeTable } from './bundle-size.js';

/** Bytes with brotli, for the drop-in file with everything in it. */
const BUDGET = 56_000;
/** Bytes with brotli, for the panel with the checks. */
const DIAGNOSTICS_BUDGET = 18_000;
/** Bytes with brotli, for one language. */
const LANGUAGE_BUDGET = 2_000;
/** Bytes with brotli, for links and lists in answers. */
const RICH_TEXT_BUDGET = 2_000;
/** Percent. */
const TOLERANCE = 5;

/** Bytes with brotli, for the inspector, which brings its own Lit. docs/guide/inspector.md says 12 kB. */
const INSPECTOR_BUDGET = 12_500;

const size = bundleSize();
const recorded = JSON.parse(readFileSync('test/packaging/size.json', 'utf8')) as BundleSize;

it(`the drop-in file is at most ${BUDGET} bytes with brotli`, (test) => {
  test.diagnostic(`bytes of the drop-in file by folder\n${sizeTable(size, recorded)}`);
  assert.ok(size.brotli <= BUDGET, `${size.brotli} bytes`);
});

it(`the drop-in file is within ${TOLERANCE} % of the recorded size`, () => {
  const change = (100 * (size.brotli - recorded.brotli)) / recorded.brotli;
  const advice = 'If the change is wanted, run npm run size, commit test/packaging/size.json, and say why.';
  const message = `${size.brotli} bytes, ${recorded.brotli} recorded: ${change.toFixed(1)} %. ${advice}`;
  assert.ok(Math.abs(change) <= TOLERANCE, message);
});

it('the full file is the drop-in file, rich text and all languages', (test) => {
  const bytes = brotliBytes(readFileSync('dist/realtime-voice.full.min.js'));
  test.diagnostic(`full file: ${bytes} bytes`);
  const most = size.brotli + RICH_TEXT_BUDGET + LANGUAGES.length * LANGUAGE_BUDGET;
  assert.ok(bytes > size.brotli && bytes <= most, `${bytes} bytes`);
});

it('the folders add up to the whole file', () => {
  const sum = Object.values(size.folders).reduce((total, { minified }) => total + minified, 0);
  // The rest is the licence comment in front.
  assert.ok(size.minified - sum < 200 && sum <= size.minified, `${sum} of ${size.minified} bytes`);
});

it(`the diagnostics are at most ${DIAGNOSTICS_BUDGET} bytes with brotli`, (test) => {
  const bytes = brotliBytes(readFileSync('dist/diagnostics.min.js'));
  test.diagnostic(`diagnostics: ${bytes} bytes`);
  assert.ok(bytes <= DIAGNOSTICS_BUDGET, `${bytes} bytes`);
});

it(`the inspector is at most ${INSPECTOR_BUDGET} bytes with brotli`, () => {
  const bytes = brotliBytes(readFileSync('dist/inspector.min.js'));
  assert.ok(bytes <= INSPECTOR_BUDGET, `${bytes} bytes`);
});

it(`rich text is at most ${RICH_TEXT_BUDGET} bytes with brotli`, (test) => {
  const bytes = brotliBytes(readFileSync('dist/rich-text.min.js'));
  test.diagnostic(`rich text: ${bytes} bytes`);
  assert.ok(bytes <= RICH_TEXT_BUDGET, `${bytes} bytes`);
});

it('each language of src/locales is a file for a script tag', () => {
  const built = readdirSync('dist/locales').flatMap((file) => /^(.+)\.min\.js$/.exec(file)?.[1] ?? []);
  assert.deepEqual(built.sort(), LANGUAGES);
});

it(`each language is at most ${LANGUAGE_BUDGET} bytes with brotli`, (test) => {
  const sizes = LANGUAGES.map((name) => [name, brotliBytes(readFileSync(`dist/locales/${name}.min.js`))] as const);
  const bytes = sizes.map(([, each]) => each);
  test.diagnostic(`languages: ${Math.min(...bytes)} to ${Math.max(...bytes)} bytes`);
  assert.deepEqual(
    sizes.filter(([, each]) => each > LANGUAGE_BUDGET),
    [],
  );
});
