import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { PackedPackage } from '../support/packed-package.js';

/** As in a `tsconfig.json`. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

const STRICT: CompilerOptions = {
  noEmit: true,
  strict: true,
  // Declarations of the package are checked too, as in the strictest of projects.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  typeRoots: [resolve('node_modules/@types')],
};
const TSC = resolve('node_modules/typescript-7/bin/tsc');

export const NODENEXT: CompilerOptions = { module: 'nodenext', moduleResolution: 'nodenext' };
export const BUNDLER: CompilerOptions = { module: 'esnext', moduleResolution: 'bundler' };

/** What TypeScript finds wrong in files of a project that has installed the package, as `file:line: message`. */
export function typeErrors(packed: PackedPackage, files: readonly string[], options = NODENEXT): string[] {
  packed.write('tsconfig.strict.json', JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files }));
  const args = [TSC, '--project', 'tsconfig.strict.json', '--pretty', 'false'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: packed.folder, encoding: 'utf8' });
  // A message may go on in lines that begin with a space.
  const errors = `${stdout}${stderr}`.split(/\n(?!\s|$)/).map((error) => error.trim());
  const found = errors.filter(Boolean).map((error) => error.replace(/^(\S+)\((\d+),\d+\): error TS\d+/, '$1:$2'));
  return found.length > 0 || status === 0 ? found : [`The compiler ended with ${status}.`];
}

/** `file:line` of each error, once. */
export function linesOf(errors: readonly string[]): string[] {
  return [...new Set(errors.map((error) => /^[^:]+:\d+/.exec(error)?.[0] ?? error))];
}
