import { readInline } from './inline.js';
import type { Rich } from './rich.js';

/** The mark of an item of a list, with its number if it has one, and something behind it. */
const ITEM = /^[ \t]{0,12}(?:[-*•]|(\d{1,3})[.)])[ \t]+(?=\S)/;

/** A paragraph or a list, as lines of text: those of a paragraph belong together, each of a list is an item. */
interface Block {
  readonly tag: 'p' | 'ul' | 'ol';
  readonly start?: number;
  readonly texts: string[];
}

/** Reads a text: paragraphs, lists, bold words and links. All else is text. `open`: more may follow. */
export function readRich(text: string, open: boolean): readonly Rich[] {
  const blocks = blocksOf(text);
  const last = blocks.at(-1);
  const read = (block: Block, words: string): Rich[] =>
    readInline(words, open && block === last && words === block.texts.at(-1));
  // Most answers are one paragraph. It needs no element of its own, so that a remark stands behind its last word.
  if (blocks.length === 1 && last!.tag === 'p') return read(last!, last!.texts[0]!);
  return blocks.map((block) => {
    const { tag, texts, ...list } = block;
    if (tag === 'p') return { tag, content: read(block, texts[0]!) };
    return { tag, ...list, content: texts.map((words) => ({ tag: 'li', content: read(block, words) })) };
  });
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let afterGap = true;
  for (const line of text.split(/\r?\n/)) {
    const block = blocks.at(-1);
    const item = ITEM.exec(line);
    if (line.trim() === '') afterGap = true;
    else if (item) {
      const words = line.slice(item[0].length);
      const tag = item[1] ? 'ol' : 'ul';
      if (block?.tag === tag) block.texts.push(words);
      else blocks.push({ tag, ...(item[1] && { start: Number(item[1]) }), texts: [words] });
      afterGap = false;
    } else {
      // An indented line goes on with its item.
      const goesOn = block && !afterGap && (block.tag === 'p' || /^\s/.test(line));
      if (goesOn) block.texts.push(`${block.texts.pop()}\n${line.trim()}`);
      else blocks.push({ tag: 'p', texts: [line.trim()] });
      afterGap = false;
    }
  }
  return blocks;
}
