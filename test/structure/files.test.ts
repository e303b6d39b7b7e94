import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sourceFiles } from '../support/source-file.js';

const MOST_LINES = 250;
/** Prettier's width. Prettier itself leaves long strings, templates and comments as they are. */
const MOST_CHARACTERS = 120;
const source = sourceFiles('src');

it('every file is named after what it holds', () => {
  const vague = source.filter(({ path }) => /\/(utils?|helpers?|constants?|types|misc|common)\.ts$/.test(path));
  assert.deepEqual(
    vague.map(({ path }) => path),
    [],
  );
});

it(`no file is longer than ${MOST_LINES} lines`, () => {
  const long = source.filter((file) => file.lines.length > MOST_LINES);
  assert.deepEqual(
    long.map((file) => `${file.path}: ${file.lines.length}`),
    [],
  );
});

it(`no line is longer than ${MOST_CHARACTERS} characters, except the sentences of the locales`, () => {
  const long = source
    .filter(({ path }) => !path.startsWith('src/locales/'))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (line.length > MOST_CHARACTERS ? `${path}:${index + 1}` : [])),
    );
  assert.deepEqual(long, []);
});

it(`no comment is wider than ${MOST_CHARACTERS} characters, in tests and demo too`, () => {
  const wide = ['test', 'demo', 'docs']
    .flatMap((folder) => sourceFiles(folder))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        line.length > MOST_CHARACTERS && /^ *(\/\/|\/?\*)/.test(line) ? `${path}:${index + 1}` : [],
      ),
    );
  assert.deepEqual(wide, []);
});

it('no two files of src/ export the same name: a name means one thing', () => {
  const exported = /^export (?:abstract )?(?:async )?(?:class|const|function|interface|type) (\w+)/gm;
  const files = new Map<string, string[]>();
  for (const { path, text } of source)
    for (const name of new Set([...text.matchAll(exported)].map(([, found]) => found!)))
      files.set(name, [...(files.get(name) ?? []), path]);
  assert.ok(files.size > 400, `${files.size} names`);
  const twice = [...files].filter(([, paths]) => paths.length > 1);
  assert.deepEqual(Object.fromEntries(twice), {});
});
