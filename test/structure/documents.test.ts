import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { PAGES } from '../packaging/document-blocks.js';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...PAGES];
/** Bytes. */
const MAX_PICTURE_SIZE = 60_000;

/** The links and pictures of a document that stay in the repository, from its top level, and the files it includes. */
function linksOf(document: string): string[] {
  const text = readFileSync(document, 'utf8').replace(/^```[^]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc="(demo\/[^"]+)"|^<<< (\S+)$/gm)]
    .map(([, link, picture, included]) => (link ?? picture ?? included)!)
    .filter((link) => !/^https?:/.test(link))
    .map((link) => (link.startsWith('#') ? document + link : posix.join(posix.dirname(document), link)));
}

/** The anchors of the headings of a document, as websites make them. */
function anchorsOf(document: string): string[] {
  const text = readFileSync(document, 'utf8').replace(/^```[^]*?^```$/gm, '');
  // This page gets its headings from the manifest.
  if (document === 'docs/reference/element.md') return ['attributes-and-properties', 'methods', 'events', 'slots'];
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(/\s/g, '-'),
  );
}

describe('the documents', () => {
  for (const document of DOCUMENTS) {
    it(`${document} links only to files and headings that exist`, () => {
      const broken = linksOf(document).filter((link) => {
        const [path = '', anchor] = link.split('#');
        return !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor));
      });
      assert.deepEqual(broken, []);
    });
  }

  const embeds = readdirSync('demo/embeds', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of embeds) {
    it(`the guide of ${name} has at most five steps, links to files that exist, and is linked`, () => {
      const guide = `demo/embeds/${name}/README.md`;
      assert.deepEqual(
        linksOf(guide).filter((link) => !existsSync(link.split('#')[0]!)),
        [],
      );
      const steps = readFileSync(guide, 'utf8').match(/^\d+\. /gm)!.length;
      assert.ok(steps <= 5, `${steps} steps`);
      assert.ok(linksOf('docs/guide/site-builders.md').includes(guide));
      assert.ok(linksOf('demo/embeds/README.md').includes(guide));
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
