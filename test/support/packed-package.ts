import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
];

/** Another project that has installed the output of `npm pack`. Its dependencies are links, so no network is needed. */
export class PackedPackage {
  readonly folder: string;
  readonly files: readonly string[];

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'realtime-voice-consumer-'));
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder];
    const packed = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
    this.files = files.map(({ path }) => path);
    const home = join(this.folder, 'node_modules/realtime-voice');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', join(this.folder, filename), '-C', home, '--strip-components=1']);
    for (const name of DEPENDENCIES) {
      const link = join(this.folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(resolve('node_modules', name), link, 'junction');
    }
    this.write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, text: string): string {
    const path = this.path(name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
