import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';

export const DROP_IN = 'dist/realtime-voice.min.js';

export interface FolderSize {
  /** Bytes of minified code. */
  readonly minified: number;
  /** Bytes of the folder's code when it is compressed alone. Folders share words, so the sum is above the whole. */
  readonly brotli: number;
}

export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
  readonly folders: Readonly<Record<string, FolderSize>>;
}

export function brotliBytes(content: string | Buffer): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** The size of the built drop-in file, with the part that each source folder has in it. */
export function bundleSize(): BundleSize {
  const file = readFileSync(DROP_IN, 'utf8');
  const folders = Object.entries(codeByFolder(file)).map(
    ([folder, code]) => [folder, { minified: Buffer.byteLength(code), brotli: brotliBytes(code) }] as const,
  );
  return {
    minified: Buffer.byteLength(file),
    gzip: gzipSync(file, { level: 9 }).length,
    brotli: brotliBytes(file),
    folders: Object.fromEntries(folders.sort(([a], [b]) => a.localeCompare(b))),
  };
}

/** The sizes as a table, one row for each folder. `before` adds a column with the difference. */
export function sizeTable(size: BundleSize, before?: BundleSize): string {
  const row = (name: string, now: FolderSize | undefined, then: FolderSize | undefined): string => {
    const difference = then ? (now?.brotli ?? 0) - then.brotli : undefined;
    const change = difference ? ` (${difference > 0 ? '+' : ''}${difference})` : '';
    return `${name.padEnd(28)}${bytes(now?.minified)}${bytes(now?.brotli)}${change}`;
  };
  const names = [...new Set([...Object.keys(size.folders), ...Object.keys(before?.folders ?? {})])].sort();
  return [
    `${'folder'.padEnd(28)}${'minified'.padStart(10)}${'brotli'.padStart(10)}`,
    ...names.map((name) => row(name, size.folders[name], before?.folders[name])),
    row('the whole file', size, before),
  ].join('\n');
}

/** Cuts the minified file at its source map's mappings: each piece belongs to the folder that its source is in. */
function codeByFolder(file: string): Record<string, string> {
  const lines = file.split('\n');
  const code: Record<string, string> = {};
  let open: { line: number; column: number; folder: string } | undefined;
  const close = (line: number, column: number): void => {
    if (!open) return;
    const end = line === open.line ? column : undefined;
    code[open.folder] = (code[open.folder] ?? '') + lines[open.line - 1]!.slice(open.column, end);
  };
  eachMapping(new TraceMap(readFileSync(`${DROP_IN}.map`, 'utf8')), ({ generatedLine, generatedColumn, source }) => {
    close(generatedLine, generatedColumn);
    open = { line: generatedLine, column: generatedColumn, folder: folderOf(source) };
  });
  close(Infinity, 0);
  return code;
}

function folderOf(source: string | null): string {
  if (source === null) return 'between modules';
  if (source.includes('node_modules/')) return 'lit';
  const folder = /^(.*)\/[^/]+$/.exec(source)?.[1];
  return folder ? `src/${folder}` : 'src';
}

function bytes(count = 0): string {
  return count.toLocaleString('en').padStart(10);
}
