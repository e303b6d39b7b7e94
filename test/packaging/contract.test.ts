import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import type { CustomElementDeclaration, CustomElementField, Package } from 'custom-elements-manifest';
import { en } from '../../src/locales/en.js';
import * as server from '../../src/server/index.js';
import * as contract from '../support/contract.js';

const { allOf, ATTRIBUTES, MORE_ATTRIBUTES, PROPERTIES, READ_ONLY } = contract;
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const sorted = (names: Iterable<string>): string[] => [...names].sort();
const namesOf = (described: readonly { readonly name?: string | undefined }[] = []): string[] =>
  sorted(described.map(({ name }) => name!));

describe('custom-elements.json has the names of the contract, and of the list beyond it', () => {
  let element: CustomElementDeclaration;
  let fields: readonly CustomElementField[];
  before(() => {
    const { modules } = read('dist/custom-elements.json') as Package;
    const declarations = modules.flatMap((module) => module.declarations ?? []);
    element = declarations.find(({ name }) => name === 'RealtimeVoiceElement') as CustomElementDeclaration;
    fields = element.members!.filter((member) => member.kind === 'field');
  });

  it('attributes, each with its property and default', () => {
    const written = element.attributes!.map(({ name, fieldName, default: initial }) => [
      name,
      [fieldName, initial && (JSON.parse(initial.replaceAll("'", '"')) as unknown)],
    ]);
    const { lang, dir, ...own } = Object.fromEntries(written) as typeof ATTRIBUTES;
    // Those of every HTML element, which matter here.
    assert.deepEqual(
      [lang, dir],
      [
        ['lang', undefined],
        ['dir', undefined],
      ],
    );
    assert.deepEqual(own, { ...ATTRIBUTES, ...MORE_ATTRIBUTES });
  });

  it('properties', () => {
    const properties = [...Object.values({ ...ATTRIBUTES, ...MORE_ATTRIBUTES }).map(([name]) => name)];
    const all = new Set([...properties, ...Object.keys(PROPERTIES), ...allOf(READ_ONLY)]);
    assert.deepEqual(namesOf(fields.filter((field) => !field.static)), sorted(all));
    assert.deepEqual(namesOf(fields.filter((field) => !field.static && field.readonly)), sorted(allOf(READ_ONLY)));
  });

  it('methods, also static ones', () => {
    const methods = element.members!.filter(({ kind }) => kind === 'method');
    assert.deepEqual(namesOf(methods), sorted(allOf(contract.METHODS)));
    const statics = element.members!.filter((member) => member.static);
    assert.deepEqual(namesOf(statics), sorted(allOf(contract.STATICS)));
  });

  it('events', () => {
    assert.deepEqual(
      Object.fromEntries(element.events!.map(({ name, type }) => [name, type.text])),
      Object.fromEntries(Object.entries(contract.EVENTS).map(([name, [className]]) => [name, className])),
    );
  });

  it('parts, slots, custom properties and custom states', () => {
    assert.deepEqual(namesOf(element.cssParts), sorted(allOf(contract.PARTS)));
    assert.deepEqual(namesOf(element.slots), sorted(allOf(contract.SLOTS)));
    const properties = allOf(contract.CUSTOM_PROPERTIES).map((name) => `--realtime-voice-${name}`);
    assert.deepEqual(namesOf(element.cssProperties), sorted(properties));
    assert.deepEqual(namesOf(element.cssStates), sorted(allOf(contract.CUSTOM_STATES)));
  });
});

describe('the package has the names of the contract, and of the list beyond it', () => {
  it('entries', () => {
    const { exports } = read('package.json') as { exports: object };
    assert.deepEqual(sorted(Object.keys(exports)), sorted(allOf(contract.ENTRIES)));
  });

  it('exports of the server', () => {
    assert.deepEqual(sorted(Object.keys(server)), sorted(allOf(contract.SERVER_EXPORTS)));
  });

  it('errors and warnings, each with its sentence for the visitor', () => {
    assert.deepEqual(sorted(Object.keys(en.errors)), sorted(allOf(contract.ERROR_CODES)));
    assert.deepEqual(sorted(Object.keys(en.warnings)), sorted(allOf(contract.WARNING_CODES)));
  });

  it('custom properties of the style sheet that keeps the place of the element', () => {
    const used = new Set(readFileSync('src/realtime-voice.css', 'utf8').match(/(?<=var\(\s*--realtime-voice-)[\w-]+/g));
    const known: string[] = [...allOf(contract.CUSTOM_PROPERTIES), ...allOf(contract.PLACEHOLDER_PROPERTIES)];
    assert.deepEqual(
      [...used].filter((name) => !known.includes(name)),
      [],
    );
    assert.deepEqual(
      allOf(contract.PLACEHOLDER_PROPERTIES).filter((name) => !used.has(name)),
      [],
    );
  });
});
