import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The programs of the practice server as plain JavaScript. A loader of TypeScript would cost each process another
 * thread and half a second of computing, which on a busy machine is many seconds.
 */
const PROGRAMS = {
  server: 'cli.ts',
  call: 'call/call-program.ts',
  'speech-worker': 'speech/speech-worker.ts',
} as const;

export type ProgramName = keyof typeof PROGRAMS;

const HERE = dirname(fileURLToPath(import.meta.url));
/** Whether this file is part of a compiled program. The programs then lie beside it. */
const COMPILED = import.meta.url.endsWith('.mjs');

/** Outside of git. Compiled programs lie in a folder of it that is named after their source. */
export const CACHE_FOLDER = COMPILED ? dirname(HERE) : join(HERE, '../../node_modules/.cache/practice');

/** Changes with the source of the practice server. */
export const SOURCE_HASH = COMPILED ? basename(HERE) : sourceHash();

/** Where the program is. It is compiled first if its source has changed. */
export async function programPath(name: ProgramName): Promise<string> {
  return join(COMPILED ? HERE : await compiledPrograms(), `${name}.mjs`);
}

let compiling: Promise<string> | undefined;

function compiledPrograms(): Promise<string> {
  return (compiling ??= compile());
}

async function compile(): Promise<string> {
  const folder = join(CACHE_FOLDER, SOURCE_HASH);
  if (existsSync(folder)) return folder;
  const { build } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await build({
    absWorkingDir: HERE,
    entryPoints: PROGRAMS,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'silent',
  });
  await rename(draft, folder).catch(async (error: unknown) => {
    // Another process may have compiled the same source meanwhile.
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

function sourceHash(): string {
  const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(HERE, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}
