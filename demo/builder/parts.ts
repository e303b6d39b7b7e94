import { readdir, readFile } from 'node:fs/promises';

const RECIPES = new URL('../recipes/', import.meta.url);
const BUILT = new URL('../../dist/', import.meta.url);

/** What the snippet builder is made of: the element's manifest, its languages, its hash, and the recipes. */
export interface BuilderParts {
  readonly manifest: unknown;
  /** The codes of the languages that have a file. */
  readonly languages: readonly string[];
  /** For `integrity`. */
  readonly sri: string;
  /** The recipes by file name. */
  readonly recipes: Readonly<Record<string, string>>;
}

/** Reads them from the package as it is built. @throws if it is not built */
export async function builderParts(): Promise<BuilderParts> {
  const [manifest, sri, languages, recipes] = await Promise.all([
    readFile(new URL('custom-elements.json', BUILT), 'utf8'),
    readFile(new URL('realtime-voice.min.js.sri', BUILT), 'utf8'),
    builtLanguages(),
    readdir(RECIPES),
  ]);
  const texts = recipes.sort().map(async (file) => [file, await readFile(new URL(file, RECIPES), 'utf8')] as const);
  return {
    manifest: JSON.parse(manifest) as unknown,
    languages,
    sri: sri.trim(),
    recipes: Object.fromEntries(await Promise.all(texts)),
  };
}

/** The codes of the languages that have a file, in lower case. @throws if the package is not built */
export async function builtLanguages(): Promise<readonly string[]> {
  const files = await readdir(new URL('locales/', BUILT));
  return files.flatMap((file) => /^([\w-]+)\.min\.js$/.exec(file)?.[1] ?? []).sort();
}
