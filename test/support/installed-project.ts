import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { packOnce, writeInto, type Project } from './packed-package.js';

/** Nothing newer is installed, so that a test means the same on every day. Direct dependencies have exact versions. */
const BEFORE = '2026-11-28';
/** What the frameworks need. An older Node that runs the tests gets this one from npm. */
const NODE = '24.22.3';
const FLAGS = [
  `--before=${BEFORE}`,
  ...['--no-audit', '--no-fund', '--ignore-scripts', '--no-update-notifier', '--loglevel=error', '--prefer-offline'],
  // Without a network, the first one fails in seconds.
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=3000'],
];
const NO_NETWORK = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|FETCH_ERROR)\b/;
const LIMIT_MS = 5 * 60_000;

/** The registry of npm cannot be reached. */
class NoRegistry extends Error {}

/** A project of its own that has installed the output of `npm pack`, and its packages, from the registry of npm. */
export class InstalledProject implements Project {
  readonly folder: string;

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'realtime-voice-installed-'));
  }

  /** Copies a folder with a `package.json`, and installs what this says and the packed package. */
  static async of(template: string): Promise<InstalledProject> {
    const project = new InstalledProject();
    try {
      cpSync(template, project.folder, { recursive: true });
      await npmInstall(project.folder, packOnce().tarball);
      return project;
    } catch (error) {
      project.remove();
      throw error;
    }
  }

  write(name: string, text: string): string {
    return writeInto(this.folder, name, text);
  }

  /** The package is there already: it was installed in one go with those of the template. */
  install(names: readonly string[]): void {
    if (names.join() !== 'realtime-voice') throw new Error(`The page installs ${names.join(', ')}.`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A Node that the frameworks run in, as the first one in PATH. */
export class NewNode {
  readonly path: string;
  readonly #folder: string | undefined;

  private constructor(program: string, folder?: string) {
    this.path = `${dirname(program)}${delimiter}${process.env['PATH']}`;
    this.#folder = folder;
  }

  static async find(): Promise<NewNode> {
    if (parseInt(process.versions.node) >= parseInt(NODE)) return new NewNode(process.execPath);
    const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-node-'));
    const name = `node-${process.platform}-${process.arch}`;
    try {
      writeInto(folder, 'package.json', '{ "private": true }');
      await npmInstall(folder, `${name}@${NODE}`);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return new NewNode(join(folder, 'node_modules', name, 'bin/node'), folder);
  }

  remove(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Once the registry was not reached, the other projects do not wait for it either. */
let unreachable: NoRegistry | undefined;

export async function npmInstall(folder: string, ...names: readonly string[]): Promise<void> {
  if (unreachable) throw unreachable;
  try {
    await promisify(execFile)('npm', ['install', ...FLAGS, ...names], { cwd: folder, timeout: LIMIT_MS });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const code = NO_NETWORK.exec(stderr)?.[0];
    if (code) throw (unreachable = new NoRegistry(`The npm registry cannot be reached (${code}).\n${stderr}`));
    throw new Error(`npm install ${names.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
  if (!existsSync(join(folder, 'node_modules'))) throw new Error('npm has installed nothing.');
}

/** A test that is skipped where the registry cannot be reached, with the reason; with CI set it fails. */
export const withRegistry =
  (run: () => Promise<void>) =>
  async (current: TestContext): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof NoRegistry) || process.env['CI']) throw error;
      current.skip(error.message.split('\n')[0]!);
    }
  };
