import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { installDebian } from './debian-packages.js';

/** A program of another language, where Debian and Ubuntu put it. */
export interface LanguageProgram {
  readonly name: string;
  readonly path: string;
  readonly packages: readonly string[];
}

export const PHP: LanguageProgram = { name: 'PHP', path: '/usr/bin/php', packages: ['php-cli'] };
export const PYTHON: LanguageProgram = { name: 'Python', path: '/usr/bin/python3', packages: ['python3'] };
/** With Rack's own server, for the tests only. */
export const RUBY: LanguageProgram = {
  name: 'Ruby with Rack',
  path: '/usr/bin/rackup',
  packages: ['ruby', 'ruby-rack', 'ruby-webrick'],
};

export const GO: LanguageProgram = { name: 'Go', path: '/usr/bin/go', packages: ['golang-go'] };

const ALL = [PHP, PYTHON, RUBY, GO];

/** Installs what is missing, if the user may. What is missing then fails its test, or is skipped outside of CI. */
export function ensureLanguages(): void {
  const missing = ALL.filter(({ path }) => !existsSync(path));
  if (missing.length > 0) installDebian(missing.flatMap(({ packages }) => packages));
}

/** A test that is skipped where its program is missing, with the reason; with CI set it fails. */
export const withProgram =
  ({ name, path, packages }: LanguageProgram, run: () => Promise<void>) =>
  async (current: TestContext): Promise<void> => {
    const reason = `${name} is not installed (Debian packages ${packages.join(', ')})`;
    if (existsSync(path)) await run();
    else if (process.env['CI']) throw new Error(reason);
    else current.skip(reason);
  };
