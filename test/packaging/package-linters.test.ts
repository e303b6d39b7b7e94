import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PackedPackage } from '../support/packed-package.js';

/** A text with a hash is no module. */
const NOT_MODULES = ['realtime-voice', 'realtime-voice.full', 'diagnostics', 'rich-text'].map(
  (name) => `dist/${name}.min.js.sri`,
);

describe('the packed package is accepted by', () => {
  let packed: PackedPackage;
  before(() => void (packed = new PackedPackage()));
  after(() => packed.remove());

  it('publint, in strict mode', async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(packed.tarball);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg!)),
      [],
    );
    assert.equal(pkg!['name'], 'realtime-voice');
  });

  it('arethetypeswrong, for packages of modules', () => {
    const options = ['--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color'];
    const command = ['node_modules/@arethetypeswrong/cli/dist/index.js', packed.tarball, ...options];
    const { status, stdout } = spawnSync(process.execPath, [...command, '--exclude-entrypoints', ...NOT_MODULES], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /realtime-voice\/react/);
  });
});
