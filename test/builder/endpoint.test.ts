import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { GO, PHP, PYTHON, RUBY, withProgram, type LanguageProgram } from '../support/language-programs.js';

interface Endpoint {
  printEndpoint(chosen: { recipes: object; stack: string; attributes: object; instructions: string }): string;
  stackList(recipes: object): { file: string }[];
}

/** Texts whose signs mean something in one of the languages, or in the page. */
const INSTRUCTIONS: readonly string[] = [
  `It's a "shop". Say \\"hello\\", \\'bye\\' and \\`,
  'Use `code`, ``` and `${process.env.OPENAI_API_KEY}`.',
  'Line one.\nLine two.\r\n\tLine three.\n\n',
  '</script><script>alert(1)</script> <!-- -->',
  '#{exit} $& $1 $key {$key} ?> <?php exit; %s %d %{x} 100 % \\u0041 \\x41',
  '"""\n\'\'\'\n*/ // # =begin\n=end\n__END__\n',
  'Größe, 日本語, العربية, 👩‍🔧, \u2028 and \u2029, \u0001 \u007f.',
];

const PROGRAMS: Readonly<Record<string, readonly [language: LanguageProgram, program: string, ...args: string[]]>> = {
  '.php': [PHP, PHP.path, '-l'],
  '.py': [PYTHON, PYTHON.path, '-m', 'py_compile'],
  // Its syntax can be checked without Rack.
  '.ru': [{ ...RUBY, name: 'Ruby', path: '/usr/bin/ruby' }, '/usr/bin/ruby', '-c'],
  '.go': [{ ...GO, path: '/usr/bin/gofmt' }, '/usr/bin/gofmt', '-e', '-l'],
  '.js': [{ name: 'Node', path: process.execPath, packages: [] }, process.execPath, '--check'],
};

const FOLDER = 'demo/recipes';
const recipes = Object.fromEntries(readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]));
const module: string = '../../demo/builder/endpoint.js';
const { printEndpoint, stackList } = (await import(module)) as Endpoint;

describe('the endpoint that the snippet builder prints is a program, whatever the instructions are, for', () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'realtime-voice-endpoint-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { file: stack } of stackList(recipes)) {
    const [language, program, ...args] = PROGRAMS[extname(stack)]!;
    it(
      stack,
      withProgram(language, async () => {
        for (const instructions of INSTRUCTIONS) {
          const code = printEndpoint({ recipes, stack, attributes: {}, instructions });
          assert.notEqual(code, printEndpoint({ recipes, stack, attributes: {}, instructions: '' }), instructions);
          // Two files, if the stack needs two.
          const files = code.split(/^\/\/ ── \S+ ──\n/m).filter(Boolean);
          for (const text of files) {
            const path = join(folder, `endpoint${extname(stack).replace('.js', '.mjs')}`);
            writeFileSync(path, text);
            execFileSync(program, [...args, path], { stdio: 'pipe' });
          }
          // In Go the session is JSON in a text of its own.
          const json = stack.endsWith('.go') && /^const session = `([^`]*)`$/m.exec(code)![1]!;
          if (json) assert.equal(JSON.parse(json).session.instructions, instructions);
        }
      }),
    );
  }
});
