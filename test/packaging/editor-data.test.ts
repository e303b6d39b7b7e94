import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Attribute, CustomElementDeclaration, Package } from 'custom-elements-manifest';
import { PackedPackage } from '../support/packed-package.js';

interface EditorAttribute {
  readonly name: string;
  readonly description: string;
}
interface HtmlData {
  readonly tags: readonly {
    readonly name: string;
    readonly attributes: readonly (EditorAttribute & { readonly values: readonly { readonly name: string }[] })[];
  }[];
}
interface WebTypes {
  readonly version: string;
  readonly contributions: {
    readonly html: {
      readonly elements: readonly {
        readonly name: string;
        readonly attributes: readonly (EditorAttribute & {
          readonly value: { readonly type: string; readonly default?: string };
        })[];
      }[];
    };
  };
}

/** The words of a type such as `'ltr' | 'rtl' | undefined`. */
const wordsOf = (type: string): string[] => [...type.matchAll(/'([^']*)'/g)].map(([, word]) => word!);
const byName = <Item extends { readonly name: string }>(items: readonly Item[], name: string): Item | undefined =>
  items.find((item) => item.name === name);

describe('the data for editors has every attribute of the manifest, with its description and its values, for', () => {
  let packed: PackedPackage;
  let elements: { tagName: string; attributes: Attribute[] }[];
  const read = <Json>(file: string): Json =>
    JSON.parse(readFileSync(packed.path(`node_modules/realtime-voice/dist/${file}`), 'utf8')) as Json;
  before(() => {
    packed = new PackedPackage();
    const declarations = read<Package>('custom-elements.json').modules.flatMap((module) => module.declarations ?? []);
    elements = (declarations as CustomElementDeclaration[]).map(({ tagName, attributes = [] }) => ({
      tagName: tagName!,
      // Only the element writes its state: no editor offers it.
      attributes: attributes.filter(({ name }) => name !== 'state'),
    }));
    assert.deepEqual(
      elements.map(({ attributes }) => attributes.length > 4),
      [true, true],
    );
  });
  after(() => packed?.remove());

  it('VS Code', () => {
    const { tags } = read<HtmlData>('vscode.html-custom-data.json');
    for (const { tagName, attributes } of elements) {
      const offered = byName(tags, tagName)!.attributes;
      assert.deepEqual(offered.map(({ name }) => name).sort(), attributes.map(({ name }) => name).sort());
      for (const { name, description, type } of attributes) {
        const { description: shown, values } = byName(offered, name)!;
        assert.ok(description && shown === description, `${tagName} ${name}: ${shown}`);
        assert.deepEqual(
          values.map((value) => value.name),
          wordsOf(type!.text),
          `${tagName} ${name}`,
        );
      }
    }
  });

  it('JetBrains', () => {
    const webTypes = read<WebTypes>('web-types.json');
    for (const { tagName, attributes } of elements) {
      const offered = byName(webTypes.contributions.html.elements, tagName)!.attributes;
      assert.deepEqual(offered.map(({ name }) => name).sort(), attributes.map(({ name }) => name).sort());
      for (const { name, description, type, default: initial } of attributes) {
        const { description: shown, value } = byName(offered, name)!;
        assert.ok(description && shown === description, `${tagName} ${name}: ${shown}`);
        assert.deepEqual([value.type, value.default], [type!.text, initial], `${tagName} ${name}`);
      }
    }
  });
});
