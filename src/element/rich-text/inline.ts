import { addressLength, link } from './link.js';
import type { Rich } from './rich.js';

/** Thai to Burmese, Korean endings, Khmer. */
const WITHOUT_SPACES = '\\u0e00-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff';

/** The same with Japanese, Chinese and Korean: the letters of a whole name in a host, as in `www.例え.jp`. */
const HOST_LETTERS = `${WITHOUT_SPACES}\\u3040-\\ud7af`;

const BARE_ADDRESS = new RegExp(
  `\\b((?:https://(?:[\\w-]+\\.|[${HOST_LETTERS}][\\w${HOST_LETTERS}-]*\\.(?=[a-z]))*|mailto:|tel:)` +
    `[^\\s<>"\\u061c${WITHOUT_SPACES}\\u2000-\\uffff]+)`,
);

/**
 * **bold**, [label](address) and a bare address. Each part ends at a character that it cannot contain, so that the time
 * to find them grows with the length of the text only. A bare address also ends before the scripts that go on without
 * a space: Thai to Burmese, Khmer, Chinese, Japanese, and Korean with its endings; and before the punctuation and
 * pictures from U+2000 on. A name in its host may be in these scripts.
 */
const TOKENS = new RegExp(
  [/\*\*(?!\s)([^*\n]*[^*\s])\*\*/, /\[([^[\]\n]{1,200})\]\(([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)\)/, BARE_ADDRESS]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** Reads what is in a line or a few lines. `open`: more may follow, so that an address at the end may not be whole. */
export function readInline(text: string, open: boolean): Rich[] {
  const content: Rich[] = [];
  let done = 0;
  const add = (rich: Rich | undefined, from: number, to: number): void => {
    if (!rich) return;
    if (from > done) content.push(text.slice(done, from));
    content.push(rich);
    done = to;
  };
  for (const { 0: token, 1: bold, 2: label, 3: target, 4: bare, index } of text.matchAll(TOKENS)) {
    const end = index + token.length;
    if (bold) add({ tag: 'strong', content: readInline(bold, false) }, index, end);
    else if (target) add(link(target, label), index, end);
    else if (bare && !(open && end === text.length)) {
      const length = addressLength(bare);
      add(link(bare.slice(0, length)), index, index + length);
    }
  }
  if (done < text.length) content.push(text.slice(done));
  return content;
}
