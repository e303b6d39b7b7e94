import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { cli as analyze } from '@custom-elements-manifest/analyzer/cli.js';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const lit = JSON.parse(readFileSync('node_modules/lit/package.json', 'utf8'));

/** Lit's template tags. */
const TAGS = new Set(['html', 'svg', 'css']);

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
  plugins: [
    nodeResolve({ exportConditions: ['production'] }),
    withoutExports('dist/index.js'),
    templateWhitespace(),
    alike(),
    minify(),
  ],
  output: {
    file: 'dist/realtime-voice.min.js',
    format: 'iife',
    banner: `/*! realtime-voice ${version} (${license}); contains lit ${lit.version}, (c) Google LLC, ${lit.license}: lit.dev */`,
  },
};

/** A language for a script tag: one small file that finds the element's registry on the page, before or after it. */
const languages = locales
  .map((file) => file.slice('src/locales/'.length, -'.ts'.length))
  .filter((name) => !['en', 'lookup', 'registry', 'strings'].includes(name))
  .map((name) => ({
    input: `dist/locales/${name}.js`,
    plugins: [withoutExports(`dist/locales/${name}.js`), minify({ ascii_only: false })],
    output: { file: `dist/locales/${name}.min.js`, format: 'es' },
  }));

export default [modules, dropIn, ...languages];

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
function withoutExports(entry) {
  const id = '\0drop-in';
  return {
    name: 'without-exports',
    options: (options) => ({ ...options, input: id }),
    resolveId: (source) => (source === id ? id : null),
    load: (source) => (source === id ? `import ${JSON.stringify(`${process.cwd()}/${entry}`)};` : null),
  };
}

/**
 * Makes the code more alike, which compresses better: every class has its private names from the same few (they are
 * its own: nothing outside can see them), and variables that are never set again are declared like those that are.
 */
function alike() {
  return {
    name: 'alike',
    renderChunk(code) {
      const edits = [];
      visit(this.parse(code), (node) => {
        if (node.type === 'VariableDeclaration' && node.kind === 'const')
          edits.push([node.start, node.start + 5, 'let']);
        if (node.type !== 'ClassBody') return;
        const names = [];
        visit(node.body, (inner) => {
          if (inner.type === 'PrivateIdentifier') names.push(inner);
          if (inner.type === 'ClassBody') throw new Error('A class inside a class may use the private names of both.');
        });
        const order = [...new Set(names.map(({ name }) => name))];
        for (const { start, end, name } of names) edits.push([start, end, `#p${order.indexOf(name)}`]);
      });
      return { code: replaceAll(code, edits), map: null };
    },
  };
}

/** Renames local variables, and of properties only those between the parts of Lit (`_$…`), which all are in this file. ASCII only, since a classic script is read in its page's charset. */
function minify(format) {
  return terser({
    ecma: 2022,
    compress: { passes: 3 },
    mangle: { properties: { regex: /^_\$/ } },
    format: { ascii_only: true, comments: /^!/, ...format },
  });
}

function manifest() {
  return {
    name: 'custom-elements-manifest',
    async writeBundle() {
      await analyze({ argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'] });
    },
  };
}

/**
 * Rollup plugin for what a minifier must leave alone because it does not know the tags of Lit. In HTML a run of white
 * space which holds a line break becomes one space, which is what a browser makes of it anyway; CSS loses comments and
 * indentation. Only white space is touched, so no parser is needed. Characters beyond ASCII are escaped.
 */
function templateWhitespace() {
  return {
    name: 'template-whitespace',
    transform(code, id) {
      if (id.includes('/node_modules/')) return null;
      const edits = [];
      visit(this.parse(code), (node) => {
        const tag = node.type === 'TaggedTemplateExpression' ? node.tag.name : undefined;
        const template = tag ? node.quasi : node;
        if (template.type !== 'TemplateLiteral') return;
        for (const { start, end } of template.quasis) edits.push([start, end, rewrite(code.slice(start, end), tag)]);
      });
      return { code: replaceAll(code, edits), map: null };
    },
  };
}

function rewrite(text, tag) {
  const squeezed = tag === 'css' ? squeezeCss(text) : TAGS.has(tag) ? text.replace(/\s*\n\s*/g, ' ') : text;
  return squeezed.replace(/[\u{80}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** Strings keep every character; comments go first, as an apostrophe in one would look like a string. */
function squeezeCss(text) {
  return text
    .replace(/\/\*[^]*?\*\//g, '')
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 ? part : squeezeRules(part)))
    .join('');
}

function squeezeRules(text) {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');
}

/** A tagged template is met twice, as itself and as a template; the first edit of a place counts. */
function replaceAll(code, edits) {
  let result = '';
  let end = 0;
  for (const [from, to, text] of edits.sort((a, b) => a[0] - b[0])) {
    if (from < end) continue;
    result += code.slice(end, from) + text;
    end = to;
  }
  return result + code.slice(end);
}

function visit(node, see) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) return node.forEach((child) => visit(child, see));
  if (typeof node.type === 'string') see(node);
  for (const key in node) visit(node[key], see);
}
