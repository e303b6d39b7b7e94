import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CALL_OPTIONS, VIEW_OPTIONS } from '../../src/element/options.js';
import { blocksOf, documentBlocks, DOCUMENTS } from '../packaging/document-blocks.js';

/** Checked by test/packaging/readme.test.ts and, for Vue and Svelte, by test/stacks/template-types.e2e.ts. */
const ELSEWHERE = ['js', 'ts', 'tsx', 'html', 'css', 'json', 'vue', 'svelte'];
const HERE = ['sh', 'http', 'text'];
const { scripts, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe('the code blocks of the README and the docs', () => {
  it('are all of a kind that a test checks', () => {
    const blocks = DOCUMENTS.flatMap(blocksOf);
    const unknown = blocks.filter(({ language }) => ![...ELSEWHERE, ...HERE].includes(language));
    assert.deepEqual(unknown, []);
    const fences = DOCUMENTS.flatMap(({ text }) => text.match(/^\s*(`{3,}|~{3,})/gm) ?? []);
    assert.equal(fences.length, blocks.length * 2, 'a fence belongs to no block: it may be indented');
  });

  it('in a shell run scripts, files and packages that exist', () => {
    const lines = documentBlocks('sh').flatMap(({ text }) => text.trim().split(/\n| && /));
    assert.ok(lines.length >= 20);
    assert.deepEqual(
      lines.filter((line) => !runs(line.replace(/^(\w+=\S+ )+/, ''))),
      [],
    );
  });

  it('with headers have directives that browsers know, and values of the right form', () => {
    const headers = documentBlocks('http').flatMap(({ text }) => text.trim().split('\n'));
    assert.ok(headers.length >= 5);
    const policies = headers.filter((header) => header.startsWith('Content-Security-Policy: '));
    const others = headers.filter((header) => !policies.includes(header));
    assert.deepEqual(others, ['Permissions-Policy: microphone=(self)']);
    const directives = policies.flatMap((header) => header.replace(/^[\w-]+: /, '').split('; '));
    assert.deepEqual(
      directives.filter((directive) => !DIRECTIVE.test(directive)),
      [],
    );
    // A whole call works with this one, in test/e2e/csp.e2e.ts.
    assert.ok(policies.some((header) => header.includes("default-src 'none'; script-src 'self'; connect-src 'self' ")));
  });

  it('with the shortcode of WordPress have attributes of the element', () => {
    const [block, ...others] = documentBlocks('text');
    assert.deepEqual(others, []);
    const [, written = ''] = /^\[realtime_voice ([^\]]+)\]$/.exec(block!.text.trim()) ?? [];
    const names = written.split(' ').map((attribute) => attribute.split('=')[0]!);
    assert.ok(names.length >= 4);
    const known = [...Object.values(CALL_OPTIONS), ...Object.values(VIEW_OPTIONS)].map(({ attribute }) => attribute);
    assert.deepEqual(
      names.filter((name) => name !== 'lang' && !known.includes(name)),
      [],
    );
  });
});

const DIRECTIVE =
  /^(((default|script|style|connect)-src|trusted-types)( '(self|none)'| https:\/\/[\w.-]+| realtime-voice| lit-html)+|require-trusted-types-for 'script')$/;

/** Whether a line of a shell can run: here, or in a site with the files that the page names. */
function runs(line: string): boolean {
  const [command, verb = '', ...rest] = line.split(' ');
  if (command === 'npm' && verb === 'install') return rest.every((name) => name === 'realtime-voice' || isUsed(name));
  if (command === 'npm') return (verb === 'run' ? rest[0]! : verb) in scripts;
  if (command === 'npx') return verb === 'tsx' && existsSync(rest[0]!);
  if (command === 'node') return verb === 'server.js' || existsSync(verb);
  if (['mkdir', 'cp'].includes(command!)) return [MAKE, COPY].includes(line);
  return [DENO_SETTING, 'deno add npm:realtime-voice', DENO].includes(line);
}

/** As in test/stacks/newcomer.e2e.ts, which runs them. */
const MAKE = 'mkdir -p public';
const COPY = 'cp node_modules/realtime-voice/dist/realtime-voice.min.js public/';
const DENO_SETTING = `echo '{ "nodeModulesDir": "auto" }' > deno.json`;
const DENO = 'deno run --allow-net --allow-env --allow-read server.js';

function isUsed(name: string): boolean {
  return name in devDependencies;
}
