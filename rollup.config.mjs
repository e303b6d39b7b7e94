import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cli as analyze } from '@custom-elements-manifest/analyzer/cli.js';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transformSync } from 'esbuild';
import { walk } from 'estree-walker';
import MagicString from 'magic-string';

const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const lit = JSON.parse(readFileSync('node_modules/lit/package.json', 'utf8'));
const licences = `(${license}); contains lit ${lit.version}, (c) Google LLC, ${lit.license}: lit.dev`;

const DROP_IN = 'realtime-voice.min.js';
/** Committed beside each other, for sites that copy them from here. */
const COMMITTED = [DROP_IN, `${DROP_IN}.sri`, 'realtime-voice.css'];
/** The panel that lists events, for a script tag or an import from the console. */
const INSPECTOR = 'inspector.min.js';
/** Files in src/locales that are not a language of their own. English is part of the element. */
const NOT_A_LANGUAGE = ['en', 'lookup', 'registry', 'strings'];

/**
 * A single file for a script tag, which puts the element `tag` on the page. As an IIFE it runs both as a module and as
 * a classic script.
 */
const scriptFile = ({ entry, tag, file, before = [], after = [], beside }) => ({
  input: entry,
  plugins: [
    ...before,
    sideEffectsOnly(entry),
    nodeResolve({ exportConditions: ['production'] }),
    ownPolicy(tag),
    minifyTemplates(),
    minify(),
    ...after,
    filesBeside(entry, beside),
  ],
  output: {
    file: `dist/${file}`,
    format: 'iife',
    // The map is written beside the file, but the file does not name it: it stays complete when it is copied alone.
    sourcemap: 'hidden',
    // Where nothing is drawn, as in server rendering, the file can be imported, and does nothing.
    intro: 'if (!globalThis.HTMLElement) return;',
    banner: `/*! ${tag} ${version} ${licences} */`,
  },
});

const dropIn = scriptFile({
  entry: 'dist/index.js',
  tag: 'realtime-voice',
  file: DROP_IN,
  before: [compileModules()],
  after: [shortenNames()],
  beside: {
    'src/realtime-voice.css': 'dist/realtime-voice.css',
    'node_modules/lit/LICENSE': 'dist/LICENSE.lit.txt',
  },
});

/** The same with everything that is a file of its own otherwise: all languages, and rich text. */
const full = scriptFile({
  entry: 'dist/full.js',
  tag: 'realtime-voice',
  file: 'realtime-voice.full.min.js',
  after: [shortenNames()],
});

/** The panel with the checks is a file of its own, because only the page of the support needs it. */
const diagnostics = scriptFile({
  entry: 'dist/diagnostics/element.js',
  tag: 'realtime-voice-diagnostics',
  file: 'diagnostics.min.js',
});

/** The inspector, complete in itself: whoever looks into a page need not know how the page was built. */
const inspector = {
  input: 'dist/inspector/index.js',
  plugins: [
    nodeResolve({ exportConditions: ['production'] }),
    ownPolicy('realtime-voice-inspector'),
    minifyTemplates(),
    minify(),
    typesBeside('./inspector/index.js'),
  ],
  output: { file: `dist/${INSPECTOR}`, format: 'es', banner: `/*! realtime-voice inspector ${version} ${licences} */` },
};

/** Links, bold words and lists in answers, for pages that use the drop-in file. It runs as a classic script, too. */
const RICH_TEXT = 'dist/element/rich-text/index.js';
const richText = {
  input: RICH_TEXT,
  plugins: [sideEffectsOnly(RICH_TEXT), minify(), filesBeside(RICH_TEXT)],
  output: { file: 'dist/rich-text.min.js', format: 'iife' },
};

/** One small file per language, for pages that use the drop-in file. */
const languages = readdirSync('src/locales')
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !NOT_A_LANGUAGE.includes(name))
  .map((name) => ({
    input: `dist/locales/${name}.js`,
    plugins: [sideEffectsOnly(`dist/locales/${name}.js`), minify({ ascii_only: false })],
    output: { file: `dist/locales/${name}.min.js`, format: 'es' },
  }));

export default [dropIn, full, diagnostics, inspector, richText, ...languages];

/**
 * Before the bundles: compiles src/ to dist/, one module and one declaration for each file, with source maps.
 * After them: writes custom-elements.json, which describes the compiled element.
 */
function compileModules() {
  return {
    name: 'compile-modules',
    buildStart() {
      // Files left by an earlier build would be published. The committed files stay until they are overwritten.
      const old = existsSync('dist') ? readdirSync('dist').filter((name) => !COMMITTED.includes(name)) : [];
      for (const name of old) rmSync(`dist/${name}`, { recursive: true });
      const tsc = ['node_modules/typescript-7/bin/tsc', '--project', 'tsconfig.build.json'];
      execFileSync(process.execPath, tsc, { stdio: 'inherit' });
      includeLitReact();
    },
    async writeBundle() {
      await analyze({ argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'] });
    },
  };
}

/**
 * Puts the one file of @lit/react that the React component needs beside it. As a dependency, @lit/react would install
 * the types of React on every site, also on those without React.
 */
function includeLitReact() {
  const folder = 'dist/frameworks';
  const library = readFileSync('node_modules/@lit/react/create-component.js', 'utf8');
  writeFileSync(`${folder}/lit-react.min.js`, library.replace(/^\/\/# sourceMappingURL=.*$/m, '').trimEnd() + '\n');
  const component = readFileSync(`${folder}/react.js`, 'utf8');
  writeFileSync(`${folder}/react.js`, component.replace("'@lit/react'", "'./lit-react.min.js'"));
}

/** Imports the entry for its side effects only, so that the bundle exports nothing and drops unused exports. */
function sideEffectsOnly(entry) {
  const start = '\0side-effects-only';
  return {
    name: 'side-effects-only',
    options: (options) => ({ ...options, input: start }),
    resolveId: (source, importer) => (source === start ? start : importer === start ? resolve(entry) : null),
    load: (id) => (id === start ? `import '${entry}';` : null),
  };
}

/**
 * Gives Lit's Trusted Types policy the name of the tag, because Lit's name may be taken by the page's Lit.
 * Says in the console what to do where a page refuses it.
 */
function ownPolicy(tag) {
  const message =
    `<${tag}> cannot start: this page's Content-Security-Policy refuses its Trusted Types policy. ` +
    `Add to the policy: trusted-types ${tag}`;
  let found = 0;
  return {
    name: 'own-policy',
    transform(code) {
      const result = code.replace(/\w+\.createPolicy\("lit-html",(\{.*?\})\)/g, (call) => {
        found++;
        const renamed = call.replace('"lit-html"', JSON.stringify(tag));
        return `(()=>{try{return ${renamed}}catch(cause){throw new Error(${JSON.stringify(message)},{cause})}})()`;
      });
      return result === code ? null : { code: result, map: null };
    },
    buildEnd(error) {
      if (!error && found !== 1) throw new Error(`Lit makes ${found} Trusted Types policies; one was expected.`);
    },
  };
}

/** Writes what belongs to a script file: its hash for `integrity`, its types, and copies of other files. */
function filesBeside(entry, copies = {}) {
  return {
    name: 'files-beside',
    writeBundle({ file }) {
      const hash = createHash('sha384').update(readFileSync(file)).digest('base64');
      writeFileSync(`${file}.sri`, `sha384-${hash}\n`);
      // It exports nothing, but puts the element on the page.
      writeFileSync(file.replace(/js$/, 'd.ts'), `import '${entry.replace('dist/', './')}';\nexport {};\n`);
      for (const [from, to] of Object.entries(copies)) copyFileSync(from, to);
    },
  };
}

/** Writes the types of a bundle that has the exports of a module. */
function typesBeside(module) {
  return {
    name: 'types-beside',
    writeBundle: ({ file }) => writeFileSync(file.replace(/js$/, 'd.ts'), `export * from '${module}';\n`),
  };
}

/**
 * Names of local variables become short. Of properties only those that Lit's packages use among themselves (`_$…`) do:
 * all of these packages are inside the file. ASCII only, because a classic script is read in the charset of its page.
 */
function minify(format) {
  return terser({
    ecma: 2022,
    compress: { passes: 3 },
    mangle: { properties: { regex: /^_\$/ } },
    format: { ascii_only: true, comments: /^!/, ...format },
  });
}

/**
 * In a large file, esbuild's names take 1 % fewer bytes with brotli than terser's: the shortest are used most. Small
 * files grow by it.
 */
function shortenNames() {
  return {
    name: 'shorten-names',
    renderChunk: (code) =>
      transformSync(code, { minify: true, target: 'es2022', legalComments: 'inline', sourcemap: 'external' }),
  };
}

/**
 * Minifies Lit's tagged templates, which a JavaScript minifier leaves alone: CSS with esbuild, and the white space of
 * HTML and SVG. It also escapes what is not ASCII in all templates, which terser does not do.
 */
function minifyTemplates() {
  return {
    name: 'minify-templates',
    transform(code, id) {
      if (id.includes('/node_modules/')) return null;
      const result = new MagicString(code);
      walk(this.parse(code), {
        enter(node, parent) {
          if (node.type !== 'TemplateLiteral') return;
          const tag = parent.type === 'TaggedTemplateExpression' ? parent.tag.name : undefined;
          const texts = minifyTemplate(tag, node.quasis);
          node.quasis.forEach(({ start, end }, index) => {
            if (start < end) result.overwrite(start, end, escapeNonAscii(texts[index]));
          });
        },
      });
      return { code: result.toString(), map: result.generateMap({ hires: true }) };
    },
  };
}

/** The static texts of a template, as source code, minified. */
function minifyTemplate(tag, quasis) {
  if (tag === 'css') return minifyCss(quasis.map(({ value }) => value.cooked));
  const texts = quasis.map(({ value }) => value.raw);
  // A browser shows a run of white space as one space. To remove it completely would join words and buttons.
  return tag === 'html' || tag === 'svg' ? texts.map((text) => text.replace(/\s*\n\s*/g, ' ')) : texts;
}

/** Only white space and comments go: the order of rules and declarations and every value stay as they are written. */
function minifyCss(texts) {
  const sheet = texts.reduce((before, after, index) => before + placeholder(index, before, after) + after);
  const { code, warnings } = transformSync(sheet, { loader: 'css', minifyWhitespace: true, charset: 'utf8' });
  const minified = code.trim().split(/@__expression\d+__;|__expression\d+__/);
  const problem = warnings[0]?.text ?? (minified.length === texts.length ? undefined : 'an expression got lost');
  if (problem) throw new Error(`CSS template: ${problem} in\n${sheet}`);
  return minified.map((text) => text.replace(/[\\`]|\$(?=\{)/g, '\\$&'));
}

/** Stands for an expression while CSS is minified: a rule if the expression has a line of its own, else a name. */
function placeholder(index, before, after) {
  const isRule = /(^|\n)\s*$/.test(before) && /^;?[^\S\n]*(\n|$)/.test(after);
  return isRule ? `@__expression${index}__;` : `__expression${index}__`;
}

function escapeNonAscii(text) {
  return text.replace(/[\u{80}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}
