import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { cli as analyze } from '@custom-elements-manifest/analyzer/cli.js';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { templateWhitespace } from './build/template-whitespace.mjs';

const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const lit = JSON.parse(readFileSync('node_modules/lit/package.json', 'utf8'));

const locales = readdirSync('src/locales')
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => `src/locales/${file}`);

/** Modules for bundlers and servers: dist/ mirrors src/, each file with its declarations beside it, lit left outside. */
const modules = {
  input: ['src/index.ts', 'src/element/realtime-voice.ts', 'src/session/index.ts', 'src/server/index.ts', ...locales],
  external: /^lit($|\/)/,
  plugins: [emptyDist(), typescript({ tsconfig: 'tsconfig.build.json' }), manifest()],
  output: {
    dir: 'dist',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src',
    // npm never packs a folder called node_modules, and the decorator helper would land in one.
    entryFileNames: ({ name }) => `${name.replace(/^node_modules\/tslib\/.*/, 'tslib')}.js`,
  },
};

/**
 * The one file for a script tag. An IIFE without exports runs alike as a module and as a classic script, and leaves
 * no name behind. It is made from the modules above, so that it proves what a bundler would make of them.
 */
const dropIn = {
  input: 'dist/index.js',
  plugins: [nodeResolve({ exportConditions: ['production'] }), withoutExports(), templateWhitespace(), minify()],
  output: {
    file: 'dist/realtime-voice.min.js',
    format: 'iife',
    banner: `/*! realtime-voice ${version} (${license}); contains lit ${lit.version}, (c) Google LLC, ${lit.license}: lit.dev */`,
  },
};

export default [modules, dropIn];

/** A file of an earlier build would be published along with the rest; the committed one stays until it is replaced. */
function emptyDist() {
  return {
    name: 'empty-dist',
    buildStart() {
      for (const name of readdirIfThere('dist')) {
        if (name !== 'realtime-voice.min.js') rmSync(`dist/${name}`, { recursive: true });
      }
    },
  };
}

function readdirIfThere(directory) {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Enters through an import for its effect, so that the bundle has nothing to export and unused exports are shaken off. */
function withoutExports() {
  const id = '\0drop-in';
  return {
    name: 'without-exports',
    options: (options) => ({ ...options, input: id }),
    resolveId: (source) => (source === id ? id : null),
    load: (source) => (source === id ? `import ${JSON.stringify(`${process.cwd()}/dist/index.js`)};` : null),
  };
}

/** Renames local variables only, never properties. ASCII only, since a classic script is read in its page's charset. */
function minify() {
  return terser({ ecma: 2022, format: { ascii_only: true, comments: /^!/ } });
}

function manifest() {
  return {
    name: 'custom-elements-manifest',
    async writeBundle() {
      await analyze({ argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'] });
    },
  };
}
