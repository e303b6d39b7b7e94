import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

/** What the plugin directory of WordPress asks of `readme.txt`, and where it has to agree with the plugin itself. */
const PLUGIN = 'demo/embeds/wordpress/realtime-voice';
const readme = readFileSync(`${PLUGIN}/readme.txt`, 'utf8');
const main = readFileSync(`${PLUGIN}/realtime-voice.php`, 'utf8');

const header = (name: string): string | undefined => new RegExp(`^${name}: (\\S.*)$`, 'm').exec(readme)?.[1];
const ofPlugin = (name: string): string | undefined => new RegExp(`^ \\* ${name}: +(\\S.*)$`, 'm').exec(main)?.[1];
const [title, ...sections] = [...readme.matchAll(/^==+ (.+?) ==+$/gm)].map(([, name]) => name!);

it('has the headers of the plugin directory, which agree with the plugin', () => {
  const { version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  assert.equal(title, ofPlugin('Plugin Name'));
  assert.deepEqual(
    [header('Stable tag'), ofPlugin('Version'), /const VERSION += '(.+)';/.exec(main)![1]],
    [version, version, version],
  );
  for (const name of ['Requires at least', 'Requires PHP', 'License', 'License URI'])
    assert.equal(header(name), ofPlugin(name) ?? 'missing', name);
  assert.equal(header('License'), license);
  assert.equal(ofPlugin('Text Domain'), 'realtime-voice');
});

it('names versions of WordPress as numbers, and one that is tested is not older than the one that is required', () => {
  const [required, tested] = ['Requires at least', 'Tested up to'].map((name) => {
    assert.match(header(name) ?? '', /^\d+\.\d+$/, name);
    return header(name)!.split('.').map(Number) as [number, number];
  });
  assert.ok(tested![0] > required![0] || (tested![0] === required![0] && tested![1] >= required![1]));
  assert.match(header('Requires PHP')!, /^\d+\.\d+(\.\d+)?$/);
});

it('has names of its contributors, five tags at most, and a short description of 150 characters at most', () => {
  assert.match(header('Contributors') ?? '', /^[a-z0-9-]+(, [a-z0-9-]+)*$/);
  const tags = header('Tags')!
    .split(',')
    .map((tag) => tag.trim());
  assert.ok(tags.length <= 5 && tags.every(Boolean) && new Set(tags).size === tags.length, tags.join());
  // The first lines after the headers, without markup.
  const short = /^License URI: .+\n\n(.+)\n\n== /m.exec(readme)?.[1] ?? '';
  assert.ok(short.length > 0 && short.length <= 150, `${short.length}: ${short}`);
  assert.doesNotMatch(short, /[*`[\]<>_]/);
});

it('has the sections of the directory, and what changed in this version first', () => {
  for (const section of ['Description', 'Installation', 'Frequently Asked Questions', 'Changelog'])
    assert.ok(sections.includes(section), section);
  assert.equal(/^== Changelog ==\n\n= (.+) =$/m.exec(readme)?.[1], header('Stable tag'));
});
