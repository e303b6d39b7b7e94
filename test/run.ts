import { ensureBrowsers, ensureRedis, ensureWebKit, webKitLacks } from './support/browser-binaries.js';
import { ensureEngine } from './support/container-engine.js';
import { beginFaultReport, faultTable } from './support/fault-report.js';
import { printFailure, repeatFailures } from './support/failures.js';
import type { Counts, Suite } from './support/suite.js';
import { build, long, STAGES, unit, webkit } from './support/suites.js';
import { ensureLanguages } from './support/language-programs.js';
import { ensureWordPress, wordPressLacks } from './support/wordpress-programs.js';

/** They run PHP, Python, Ruby or Go. */
const LANGUAGE_TESTS = [
  'test/builder/endpoint.test.ts',
  'test/packaging/languages.test.ts',
  'test/embeds/drupal.e2e.ts',
  'test/stacks/newcomer-languages.e2e.ts',
];

const all = STAGES.flat();
const words = process.argv.slice(2);
const chosen = choose(words);
if (chosen.has(webkit) && !hasWebKit()) chosen.delete(webkit);
const longFiles = chosen.get(long) ?? [];
if (longFiles.some(needsWordPress) && !hasWordPress()) {
  const others = longFiles.filter((file) => !needsWordPress(file));
  if (others.length > 0) chosen.set(long, others);
  else chosen.delete(long);
}
const suites = [...chosen.keys()];
if (suites.some((suite) => suite.needsBuild)) chosen.set(build, []);
if (suites.some((suite) => suite.needsBrowsers)) ensureBrowsers();
// Elsewhere the tests that need Redis are skipped where it is missing.
if (chosen.has(unit) && process.env['CI']) ensureRedis();
if (process.env['CI'] && [...chosen.values()].flat().some(needsLanguages)) ensureLanguages();
if (process.env['CI'] && [...chosen.values()].flat().some(needsEngine)) ensureEngine();

const results = new Map<Suite, Counts>();
beginFaultReport();
for (const stage of STAGES) await Promise.all(stage.filter((suite) => chosen.has(suite)).map(runSuite));

const faults = faultTable();
if (faults) console.log(`\n${faults}\n`);
repeatFailures();
finish(sum('passed'), sum('failed'));

/** The files to run of each suite: of all suites that run by default, or of what the arguments name. */
function choose(words: readonly string[]): Map<Suite, readonly string[]> {
  const parts = words.filter((word) => word !== 'all' && !all.some(({ name }) => name === word));
  const unknown = parts.filter((part) => !all.some(({ files = [] }) => files.some((file) => file.includes(part))));
  if (unknown.length > 0) {
    console.log(`No suite and no test file is called ${unknown.join(', ')}.`);
    finish(0, unknown.length);
  }
  const picked = new Map<Suite, readonly string[]>();
  for (const suite of all) {
    const { name, files = [], defaultFiles = files, onRequest } = suite;
    const byDefault = words.length === 0 && !onRequest;
    const named = files.filter((file) => parts.some((part) => file.includes(part)));
    if (words.includes('all') || words.includes(name)) picked.set(suite, files);
    else if (byDefault) picked.set(suite, defaultFiles);
    else if (named.length > 0) picked.set(suite, named);
  }
  return picked;
}

/** WebKit is required in continuous integration and when it is named. `npm test -- all` may leave it out. */
function hasWebKit(): boolean {
  if (process.env['CI'] || words.some((word) => word.includes('webkit'))) ensureWebKit();
  const missing = webKitLacks();
  if (missing) console.log(`– webkit     left out: ${missing} not installed. npm test -- webkit says how to get it.`);
  return !missing;
}

function needsWordPress(file: string): boolean {
  return /^test\/(embeds\/wordpress(-editors|-kinds)?|stacks\/newcomer-wordpress)\.e2e\.ts$/.test(file);
}

/** Tests that run PHP, Python, Ruby or Go. Elsewhere they are skipped where a language is missing. */
function needsLanguages(file: string): boolean {
  return LANGUAGE_TESTS.includes(file);
}

/** The test that builds a container. Elsewhere it is skipped where Podman is missing. */
function needsEngine(file: string): boolean {
  return file === 'test/packaging/reference-image.e2e.ts';
}

/** As with WebKit: required in continuous integration and when it is named. */
function hasWordPress(): boolean {
  if (process.env['CI'] || words.some((word) => word.includes('wordpress'))) ensureWordPress();
  const missing = wordPressLacks();
  if (missing) console.log(`– wordpress  left out: ${missing} missing. npm test -- wordpress says how to get it.`);
  return !missing;
}

async function runSuite(suite: Suite): Promise<void> {
  const start = performance.now();
  const counts = await (suite.needsBuild && results.get(build)?.failed
    ? notBuilt(suite)
    : suite.run(chosen.get(suite)!));
  results.set(suite, counts);
  const { passed, failed } = counts;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${failed ? '✖' : '✔'} ${suite.name.padEnd(10)} ${passed} passed, ${failed} failed, ${seconds} s`);
}

/** Otherwise the output of an earlier build would be tested. */
function notBuilt({ name }: Suite): Counts {
  printFailure(name, 'It was not run, because the build failed.');
  return { passed: 0, failed: 1 };
}

function sum(key: keyof Counts): number {
  return [...results.values()].reduce((total, counts) => total + counts[key], 0);
}

/** Prints the last line and exits: handles that tests left open must not keep the process alive. */
function finish(passed: number, failed: number): never {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
