import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';

/** web-test-runner serves everything below the folder of the project. */
const FOLDER = 'test/report/browser';

/** The module that a test file is compiled to. */
export const moduleOf = (file: string): string => `${FOLDER}/${file.replace(/\.ts$/, '.js')}`;
/** The test file of a module. */
export const fileOf = (module: string): string => relative(FOLDER, module).replace(/\.js$/, '.ts');

/**
 * Compiles tests for the browser, with all that they import: a page loads a few files instead of hundreds. What several
 * tests import is shared, so that no module exists twice in a page.
 */
export async function compileBrowserTests(files: readonly string[]): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await build({
    entryPoints: [...files],
    outdir: FOLDER,
    outbase: '.',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    // Lit checks more than it does for visitors.
    conditions: ['development'],
    // It is written by the server.
    external: ['/__web-dev-server__*'],
    // package.json tells which modules of dist/ have side effects, not which of src/.
    ignoreAnnotations: true,
    inject: ['test/support/page-errors.ts'],
  });
}
