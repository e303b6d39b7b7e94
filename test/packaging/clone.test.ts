import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

/** What a newcomer does first, with the committed state. For speed: without scripts of packages, with npm's cache. */
describe('a fresh clone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-clone-'));
  before(() => run('git', 'clone', '--quiet', process.cwd(), '.'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is installed by npm ci', () => {
    run('npm', 'ci', '--ignore-scripts', '--prefer-offline');
    assert.equal(run('git', 'status', '--porcelain'), '');
  });

  it('is left unchanged by npm install', () => {
    run('npm', 'install', '--ignore-scripts', '--prefer-offline');
    assert.equal(run('git', 'status', '--porcelain'), '');
  });

  it('has the optional packages of all platforms in its lock file, and no download addresses', () => {
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as LockFile;
    const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !locked.has(name)),
    );
    assert.deepEqual(missing, []);
    const addresses = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
    assert.deepEqual(addresses, []);
  });

  function run(command: string, ...args: readonly string[]): string {
    try {
      return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return assert.fail(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
    }
  }
});

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}
