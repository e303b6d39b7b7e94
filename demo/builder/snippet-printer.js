import { printTheme } from './theme-rule.js';

/** Elements that have no content and no end tag. */
const VOID = ['br', 'img'];

/** Prints a snippet as HTML. `sri` is the hash of the built file, `languages` are the codes that have a file. */
export function printSnippet(snippet, { sri, languages }) {
  return [...printScripts(snippet, sri, languages), ...printStyle(snippet), ...printElement(snippet)].join('\n') + '\n';
}

/** The imports for a page whose scripts are bundled. */
export function printImports({ attributes }, { languages }) {
  const language = languageFile(attributes['lang'], languages);
  return [`import 'realtime-voice';`, ...(language ? [`import 'realtime-voice/locales/${language}.js';`] : [])]
    .map((line) => `${line}\n`)
    .join('');
}

/** The file that has a language; English is built in. */
export function languageFile(lang, languages) {
  const wanted = (lang ?? '').toLowerCase();
  return languages.find((code) => code === wanted) ?? languages.find((code) => code === wanted.split('-')[0]);
}

function printScripts({ loading, script, integrity, attributes }, sri, languages) {
  if (loading === 'npm') return [];
  const crossOrigin = /^(https?:)?\/\//.test(script) ? ' crossorigin' : '';
  const hash = integrity === '' ? '' : ` integrity="${escaped(integrity ?? sri)}"`;
  const file = `<script type="module" src="${escaped(script)}"${hash}${crossOrigin}></script>`;
  const language = languageFile(attributes['lang'], languages);
  if (!language) return [file];
  const address = script.replace(/[^/?#]*([?#].*)?$/, (_, rest = '') => `locales/${language}.min.js${rest}`);
  return [file, `<script type="module" src="${escaped(address)}"${crossOrigin}></script>`];
}

function printStyle({ theme }) {
  return Object.keys(theme).length > 0 ? [`<style>${printTheme(theme)}</style>`] : [];
}

function printElement({ attributes, tools, children }) {
  const start = `<realtime-voice${printAttributes(attributes)}>`;
  const lines = children.map((child) => `  ${printNode(child)}`);
  if (tools) lines.push(`  <script type="application/json" slot="tools">\n${tools}\n  </script>`);
  return lines.length > 0 ? [start, ...lines, '</realtime-voice>'] : [`${start}</realtime-voice>`];
}

function printNode(node) {
  if (typeof node === 'string') return escaped(node);
  const { tag, attributes, children } = node;
  const start = `<${tag}${printAttributes(attributes)}>`;
  return VOID.includes(tag) ? start : `${start}${children.map(printNode).join('')}</${tag}>`;
}

function printAttributes(attributes) {
  return Object.entries(attributes)
    .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`))
    .join('');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
