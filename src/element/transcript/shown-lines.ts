import type { TranscriptEntry } from '../../session/index.js';
import type { LineList } from './line-list.js';
import type { ShownNodes } from './shown-nodes.js';

/** The lines of what the page shows, among those of the entries. */
export class ShownLines {
  readonly #nodes: ShownNodes;
  /** Those that are in the log. */
  #lines: readonly HTMLElement[] = [];

  constructor(nodes: ShownNodes) {
    this.#nodes = nodes;
  }

  /**
   * Puts each behind the entry that was the last one when it was shown, and takes out what is not shown any more.
   * Returns whether any came or went. If an entry is gone, what was behind it stays where it is.
   */
  place(log: LineList, entries: readonly TranscriptEntry[], entryLines: readonly HTMLElement[]): boolean {
    const before = this.#lines;
    const { list } = this.#nodes;
    this.#lines = list.map(({ line }) => line);
    for (const line of before) if (!this.#lines.includes(line)) log.remove(line);
    list.forEach(({ line, after }, index) => {
      const sibling = list.slice(0, index).findLast((other) => other.after === after)?.line;
      const entry = entries.findLastIndex(({ id }) => id === after);
      if (after === undefined || entry >= 0) log.place(line, sibling ?? entryLines[entry]);
      else if (!line.isConnected) log.place(line, entryLines.at(-1));
    });
    return before.length !== list.length;
  }

  /** The line behind which the next entry goes: that of an entry, or of what is shown after it. */
  endOf(entry: TranscriptEntry | undefined, entryLine: HTMLElement | undefined): HTMLElement | undefined {
    const shown = this.#nodes.list.findLast(({ after, line }) => after === entry?.id && line.isConnected);
    return shown?.line ?? entryLine;
  }
}
