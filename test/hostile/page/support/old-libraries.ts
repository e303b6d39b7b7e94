import { existsSync, readFileSync } from 'node:fs';
import { installDebian } from '../../../support/debian-packages.js';

/** A library that changes what the browser brings, as old pages still load it. */
export interface OldLibrary {
  readonly name: string;
  /** One of the things that it changes. */
  readonly changes: string;
  readonly script: () => string;
}

const fromNpm =
  (...paths: string[]) =>
  (): string =>
    paths.map((path) => readFileSync(`node_modules/${path}`, 'utf8')).join('\n;\n');

/** Debian has the two libraries that npm has not. As with the browsers, a machine without them gets them. */
const fromDebian = (name: string, path: string) => (): string => {
  const file = `/usr/share/javascript/${path}`;
  if (!existsSync(file)) installDebian([name]);
  if (!existsSync(file)) throw new Error(`This test needs ${file}: please install the Debian package ${name}.`);
  return readFileSync(file, 'utf8');
};

export const OLD_LIBRARIES: readonly OldLibrary[] = [
  {
    name: 'Prototype.js 1.7',
    changes: 'Array.from',
    script: fromDebian('libjs-prototype', 'prototype/prototype.js'),
  },
  {
    name: 'the toJSON of Prototype.js 1.6',
    changes: 'Array.prototype.toJSON',
    script: () => `Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };`,
  },
  {
    name: 'MooTools 1.4',
    changes: 'Event',
    script: fromDebian('libjs-mootools', 'mootools/mootools.js'),
  },
  {
    name: 'core-js 2',
    changes: 'String.prototype.trim',
    script: fromNpm('core-js-2/client/shim.min.js'),
  },
  {
    name: 'es5-shim and es6-shim',
    changes: 'Object.keys',
    script: fromNpm(
      'es5-shim/es5-shim.min.js',
      'es5-shim/es5-sham.min.js',
      'es6-shim/es6-shim.min.js',
      'es6-shim/es6-sham.min.js',
    ),
  },
  { name: 'Zone.js', changes: 'Promise', script: fromNpm('zone.js/bundles/zone.umd.js') },
];

/** The library as a script of the page. `oldLibraryInForce` then says whether it has changed what it should. */
export function oldLibraryScript({ changes, script }: OldLibrary): string {
  return `const original = globalThis.${changes};\n${script()}\n;
globalThis.oldLibraryInForce = original !== globalThis.${changes};`;
}
