import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDebian } from './debian-packages.js';
import type { LanguageProgram } from './language-programs.js';

export const PODMAN: LanguageProgram = { name: 'Podman', path: '/usr/bin/podman', packages: ['podman', 'runc'] };

/** Installs Podman if it is missing, if the user may. */
export function ensureEngine(): void {
  if (!existsSync(PODMAN.path)) installDebian(PODMAN.packages);
}

/** Podman, with images and containers of its own. It asks no registry of images. */
export class ContainerEngine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'realtime-voice-containers-'));

  /** What stands before each command: everything is in one folder, and no service is needed. */
  get options(): readonly string[] {
    const inFolder = (name: string): string => join(this.#folder, name);
    return [
      ...['--root', inFolder('images'), '--runroot', inFolder('run'), '--tmpdir', inFolder('tmp')],
      // Its other runtime, crun, refuses a machine with both versions of cgroups.
      ...['--runtime', 'runc', '--cgroup-manager', 'cgroupfs', '--events-backend', 'file'],
    ];
  }

  /** Podman's own limits are higher than those of some machines, and to raise a limit needs a right. */
  static readonly LIMITS: readonly string[] = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];

  /** Runs a command, and returns its output. */
  run(...command: readonly string[]): string {
    return execFileSync(PODMAN.path, [...this.options, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  }

  /** Ends what still runs. The files of images are mounted until then. */
  remove(): void {
    this.run('rm', '--all', '--force', '--time', '0');
    this.run('rmi', '--all', '--force');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
