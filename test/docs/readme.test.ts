import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { allOf, CUSTOM_PROPERTIES, ERROR_CODES, PARTS, WARNING_CODES } from '../support/contract.js';

const README = readFileSync('README.md', 'utf8');
const RESULTS = readFileSync('test/bench/RESULTS.md', 'utf8');
/** A row of the results: who was measured, and the median of the first run. */
const ROW = /^\| (\S.*?) +\| +(\d+) ms \|/gm;

/** The words in backquotes after `start`, until `end`. */
function namesBetween(start: string, end: string, document = README): string[] {
  const rest = document.split(start)[1] ?? '';
  assert.ok(rest.includes(end), `It has no “${start}” with “${end}” after it.`);
  return [...rest.split(end)[0]!.matchAll(/`([\w-]+)`/g)].map(([, name]) => name!);
}

describe('the README has', () => {
  // The compiler compares the names of the contract with the types.
  it('every error code, and no other', () => {
    assert.deepEqual(namesBetween('The codes: ', '\n'), allOf(ERROR_CODES));
  });

  it('every warning code, and no other', () => {
    assert.deepEqual(namesBetween('`{ code, message, secondsLeft? }`:', '|').sort(), allOf(WARNING_CODES).sort());
  });

  it('every custom property, and no other', () => {
    const named = namesBetween('each with the prefix `--realtime-voice-`:', '. Light');
    assert.deepEqual(named.filter((name) => name !== 'floating').sort(), allOf<string>(CUSTOM_PROPERTIES).sort());
  });

  it('the size of the file, rounded up', () => {
    const { brotli } = JSON.parse(readFileSync('test/packaging/size.json', 'utf8')) as { brotli: number };
    assert.deepEqual(README.match(/\d+ kB with brotli/g), [`${Math.ceil(brotli / 1000)} kB with brotli`]);
  });

  it('the durations of the first run, with its date and browser', () => {
    const parts = ['start 0', 'start 800'].map((name) => RESULTS.split(`<!-- ${name} -->`)[1]!.split('<!-- end')[0]!);
    const [measured, delayed] = parts.map((part) => new Map([...part.matchAll(ROW)].map(([, who, ms]) => [who!, ms!])));
    const rows = [...README.matchAll(/^\| (\S.*?) +\| +(\d+) ms \(.*?\) \| +(\d+) ms \(/gm)];
    assert.ok(rows.length >= 8);
    assert.deepEqual(
      rows.map(([, who, ms, later]) => [who, ms, later]),
      [...measured!].map(([who, ms]) => [who, ms, delayed!.get(who)]),
    );
    const [, date, version] = /Measured on ([\d-]+):.* Chrome\/(\d+)/.exec(parts[0]!)!;
    assert.ok(README.includes(`(medians of ${date} in Chromium ${version};`), `${date}, Chromium ${version}`);
  });
});

it('the guide to theming has every part, and no other', () => {
  const guide = readFileSync('docs/guide/theming.md', 'utf8');
  assert.deepEqual(namesBetween('\nParts: ', '\n', guide).sort(), allOf(PARTS).sort());
});
