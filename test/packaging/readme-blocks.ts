import { readFileSync } from 'node:fs';

export interface ReadmeBlock {
  readonly language: string;
  /** The line of README.md that it begins in. */
  readonly line: number;
  readonly text: string;
}

export const README = readFileSync('README.md', 'utf8');

/** The code blocks of README.md, in order. */
export function readmeBlocks(...languages: readonly string[]): ReadmeBlock[] {
  const blocks = [...README.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(({ index, 1: language, 2: text }) => ({
    language: language!,
    line: README.slice(0, index).split('\n').length + 1,
    text: text!,
  }));
  return blocks.filter(({ language }) => languages.includes(language));
}
