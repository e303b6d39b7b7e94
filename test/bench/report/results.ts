import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Relative to the root of the project, where `npm run bench` runs. */
const DOCUMENT = 'test/bench/RESULTS.md';

/** Writes one measurement's part of the results. The other parts stay as they are. */
export async function writePart(name: string, text: string): Promise<void> {
  const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '# Results\n';
  const options = { ...(await resolveConfig(DOCUMENT)), filepath: DOCUMENT };
  writeFileSync(DOCUMENT, await format(withPart(document, name, text), options));
  console.log(`Written to ${DOCUMENT}, part ${name}`);
}

/**
 * A document with this text between the markers of a part; at the end if it has no such part.
 * @throws {Error} if only one of the markers is there
 */
export function withPart(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const part = `${begin}\n\n${text.trim()}\n\n${end}`;
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 && to < 0) return `${document.trimEnd()}\n\n${part}\n`;
  if (from < 0 || to < from) throw new Error(`The part ${name} of the results has lost a marker.`);
  return document.slice(0, from) + part + document.slice(to + end.length);
}

/** A table in Markdown. The columns after the first hold numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index ? '---:' : '---'))), ...rows.map(line)].join('\n');
}
