import { readdirSync, readFileSync } from 'node:fs';

export interface Document {
  readonly path: string;
  readonly text: string;
}

export interface DocumentBlock {
  readonly document: string;
  readonly language: string;
  /** The line of the document that it begins in. */
  readonly line: number;
  readonly text: string;
}

/** The paths of the pages below docs/, such as `docs/guide/tokens.md`. */
export const PAGES: readonly string[] = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .map((file) => `docs/${file.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.md') && !path.includes('/.'))
  .sort();

/** What readers copy code from: the README and the pages of the site. */
export const DOCUMENTS: readonly Document[] = ['README.md', ...PAGES].map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));

/** The code blocks of the documents in these languages, in order. */
export function documentBlocks(...languages: readonly string[]): DocumentBlock[] {
  return DOCUMENTS.flatMap(blocksOf).filter(({ language }) => languages.includes(language));
}

export function blocksOf({ path, text }: Document): DocumentBlock[] {
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(({ index, 1: language, 2: code }) => ({
    document: path,
    language: language!,
    line: text.slice(0, index).split('\n').length + 1,
    text: code!,
  }));
}

/** The scripts that stand inside HTML blocks, as blocks of their own. JSON for a slot is no script. */
export function inlineScripts(): DocumentBlock[] {
  return documentBlocks('html').flatMap(({ document, line, text }) =>
    [...text.matchAll(/<script(?![^>]*(?: src=| type="application\/json"))[^>]*>\n?([^]+?)<\/script>/g)].map(
      ({ index, 1: code }) => ({
        document,
        language: 'js',
        line: line + text.slice(0, index).split('\n').length,
        text: code!,
      }),
    ),
  );
}
