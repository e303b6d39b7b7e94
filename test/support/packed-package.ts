import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** lit and its dependencies, as they lie in a flat node_modules. */
const DEPENDENCIES = [
  'lit',
  'lit-element',
  'lit-html',
  '@lit/reactive-element',
  '@lit-labs/ssr-dom-shim',
  '@types/trusted-types',
  // An optional one, which realtime-voice/server/redis needs.
  'rate-limiter-flexible',
];

interface Packed {
  /** The path of the output of `npm pack`. */
  readonly tarball: string;
  /** The paths of the files in it. */
  readonly files: readonly string[];
}

/** The folder of a site that a page of the docs is followed in. */
export interface Project {
  readonly folder: string;
  /** Writes a file, and returns its path. */
  write(name: string, text: string): string;
  /** Does what `npm install` with these names does. */
  install(names: readonly string[]): void;
}

let packed: Packed | undefined;

/** All tests of a process use the same output: the build does not change while they run. */
export function packOnce(): Packed {
  if (packed) return packed;
  const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-packed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const output = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [{ filename, files }] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
  return (packed = { tarball: join(folder, filename), files: files.map(({ path }) => path) });
}

/** Another project that has installed the output of `npm pack`. Its dependencies are links, so no network is needed. */
export class PackedPackage implements Packed, Project {
  readonly folder: string;
  readonly tarball: string;
  readonly files: readonly string[];

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'realtime-voice-consumer-'));
    ({ tarball: this.tarball, files: this.files } = packOnce());
    const home = join(this.folder, 'node_modules/realtime-voice');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', this.tarball, '-C', home, '--strip-components=1']);
    this.link(...DEPENDENCIES);
    this.write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  }

  /** Adds packages that are installed here. */
  link(...names: readonly string[]): void {
    for (const name of names) {
      const link = join(this.folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(resolve('node_modules', name), link, 'junction');
    }
  }

  /** Copies a folder of this project into the other one. */
  copy(folder: string, name: string): void {
    cpSync(folder, this.path(name), { recursive: true });
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, text: string): string {
    return writeInto(this.folder, name, text);
  }

  /** The package itself is there already. */
  install(names: readonly string[]): void {
    this.link(...names.filter((name) => name !== 'realtime-voice'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes a file into a folder, with the folders that it lies in, and returns its path. */
export function writeInto(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
