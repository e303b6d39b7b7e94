import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest';
import { elementReference } from '../../docs/.vitepress/element-reference.js';

it('the reference of the element has every public member of the manifest, in a row with its description', () => {
  const { modules } = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as Package;
  const element = modules[0]!.declarations![0] as CustomElementDeclaration;
  const rows = elementReference(element).match(/^\| .*$/gm)!;
  const members = element.members!.filter(({ privacy = 'public' }) => privacy === 'public');
  assert.ok(members.length >= 40 && members.some(({ kind }) => kind === 'method'));
  const { attributes, events, slots, cssParts, cssProperties, cssStates } = element;
  const named = [...members, ...attributes!, ...events!, ...slots!, ...cssParts!, ...cssProperties!, ...cssStates!];
  const missing = named.filter(
    ({ name, description }) =>
      !rows.some((row) => new RegExp(`\`(:state\\()?${name}\\b`).test(row) && row.includes(description!.slice(0, 20))),
  );
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  );
});
