import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from '../support/packed-package.js';

/** A file or a command that a page of `docs/start` tells its reader to make or to run. */
type Instruction =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly command: string };

/** Either a block of code, or the line that includes a file as one. */
const BLOCK = /^```(\w+)\n([^]*?)^```$|^<<< (\S+)$/gm;
/** The text after a block changes an import of it, as in “import `../voice.js` instead of `./voice.js`”. */
const INSTEAD = /\bimport `([^`]+)` instead of `([^`]+)`/;
/** The text before a block of code names its file, as in “Save this as `voice.js`.” */
const NAMED = /\b(?:as|in) `([\w./+-]+\.\w+)`/g;

/** What the page tells its reader to do, in order. */
export function instructionsOf(page: string): Instruction[] {
  const text = readFileSync(page, 'utf8');
  let read = 0;
  const blocks = [...text.matchAll(BLOCK)];
  return blocks.flatMap(({ 0: whole, 1: language, 2: code, 3: included, index }, number): Instruction[] => {
    const before = text.slice(read, index);
    read = index + whole.length;
    if (language === 'sh')
      return code!
        .trim()
        .split('\n')
        .map((command) => ({ kind: 'command', command }));
    const path = [...before.matchAll(NAMED)].at(-1)?.[1];
    if (!path) throw new Error(`${page}: nothing says which file this is:\n${whole}`);
    const after = text.slice(read, blocks[number + 1]?.index);
    return [{ kind: 'file', path, text: changed(code ?? readFileSync(join(dirname(page), included!), 'utf8'), after) }];
  });
}

function changed(code: string, after: string): string {
  const [, wanted, before] = INSTEAD.exec(after) ?? [];
  if (!wanted) return code;
  if (!code.includes(`'${before}'`)) throw new Error(`Nothing imports ${before}:\n${code}`);
  return code.replace(`'${before}'`, `'${wanted}'`);
}

/**
 * Does what the page says, in the folder of a project that has the package installed. What it installs is linked.
 *
 * @returns the command that starts the server
 */
export function follow(page: string, project: Project): string {
  let start = '';
  for (const instruction of instructionsOf(page)) {
    if (instruction.kind === 'file') project.write(instruction.path, instruction.text);
    else if (instruction.command.startsWith('npm install ')) project.install(instruction.command.split(' ').slice(2));
    else if (instruction.command.startsWith('OPENAI_API_KEY=… ')) start = instruction.command.split('… ')[1]!;
    else if (!instruction.command.startsWith('deno add '))
      execFileSync('sh', ['-c', instruction.command], { cwd: project.folder });
  }
  return start;
}
