import { relative } from 'node:path';
import ts from 'typescript';
import type { PackedPackage } from '../support/packed-package.js';

const STRICT: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  // Declarations of the package are checked too, as in the strictest of projects.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
};

export const NODENEXT: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};
export const BUNDLER: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** What TypeScript finds wrong in files of a project that has installed the package, as `file:line: message`. */
export function typeErrors(packed: PackedPackage, files: readonly string[], options = NODENEXT): string[] {
  const paths = files.map((file) => packed.path(file));
  const program = ts.createProgram(paths, { ...STRICT, ...options });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (!file) return message;
    const { line } = file.getLineAndCharacterOfPosition(start!);
    return `${relative(packed.folder, file.fileName)}:${line + 1}: ${message}`;
  });
}

/** `file:line` of each error, once. */
export function linesOf(errors: readonly string[]): string[] {
  return [...new Set(errors.map((error) => /^[^:]+:\d+/.exec(error)?.[0] ?? error))];
}
