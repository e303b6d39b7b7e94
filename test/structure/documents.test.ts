import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
/** Bytes. */
const MAX_PICTURE_SIZE = 60_000;

/** The paths that a document links to or shows, without links to other websites and within the page. */
const linkedPaths = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/\]\(([^)\s]+)\)|\bsrc="(demo\/[^"]+)"/g)]
    .map(([, link, picture]) => (link ?? picture)!)
    .filter((path) => !/^(https?:|#)/.test(path));

describe('the documents', () => {
  for (const document of DOCUMENTS) {
    it(`${document} links only to files that exist`, () => {
      assert.deepEqual(
        linkedPaths(document).filter((path) => !existsSync(path.split('#')[0]!)),
        [],
      );
    });
  }

  const embeds = readdirSync('demo/embeds', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of embeds) {
    it(`the guide of ${name} has at most five steps, links to files that exist, and is linked`, () => {
      const guide = `demo/embeds/${name}/README.md`;
      const paths = linkedPaths(guide).map((path) => join(`demo/embeds/${name}`, path.split('#')[0]!));
      assert.deepEqual(
        paths.filter((path) => !existsSync(path)),
        [],
      );
      const steps = readFileSync(guide, 'utf8').match(/^\d+\. /gm)!.length;
      assert.ok(steps <= 5, `${steps} steps`);
      assert.ok(linkedPaths('README.md').includes(guide));
      assert.ok(linkedPaths('demo/embeds/README.md').includes(`${name}/README.md`));
    });
  }

  for (const layer of ['src/element', 'src/session', 'src/diagnostics', 'demo/practice']) {
    it(`CONTRIBUTING.md describes every room of ${layer}`, () => {
      const rooms = readdirSync(layer, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      assert.notEqual(rooms.length, 0);
      const [, section = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split(`| \`${layer}/\``);
      const table = section.split('\n\n')[0]!;
      assert.deepEqual(
        rooms.map(({ name }) => name).filter((name) => !table.includes(`\`${name}\``)),
        [],
      );
    });
  }

  it(`the README shows a picture of at most ${MAX_PICTURE_SIZE} bytes before its first section`, () => {
    const [firstScreen] = readFileSync('README.md', 'utf8').split('\n## ');
    const picture = /<img src="([^"]+)"/.exec(firstScreen!)?.[1];
    assert.ok(picture, 'there is no picture');
    assert.ok(statSync(picture).size <= MAX_PICTURE_SIZE, `${picture} has ${statSync(picture).size} bytes`);
  });
});
