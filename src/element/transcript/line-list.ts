/**
 * How many lines a group holds. The browser lays out one group at a time, so that the cost of a word does not grow with
 * the length of the conversation.
 */
const GROUP_SIZE = 100;

/** The lines of the transcript in the document: one after another, in groups. */
export class LineList {
  readonly #log: Element;

  constructor(log: Element) {
    this.#log = log;
  }

  /**
   * Puts a line behind another one, or at the beginning. A line that is in its place already is not moved: a screen
   * reader would announce it again.
   */
  place(line: Element, previous: Element | undefined): void {
    if (line.parentElement && lineBefore(line) === previous) return;
    if (!previous) this.#firstGroup().prepend(line);
    else if (isLastOfFullGroup(previous)) this.#addGroup(previous.parentElement!).append(line);
    else previous.after(line);
  }

  /** Takes a line out, and its group with it when that is empty. */
  remove(line: Element): void {
    const group = line.parentElement;
    line.remove();
    if (group?.childElementCount === 0) group.remove();
  }

  #firstGroup(): Element {
    return this.#log.firstElementChild ?? this.#addGroup();
  }

  #addGroup(previous?: Element): Element {
    const group = document.createElement('div');
    group.className = 'group';
    if (previous) previous.after(group);
    else this.#log.append(group);
    return group;
  }
}

function lineBefore(line: Element): Element | undefined {
  return line.previousElementSibling ?? line.parentElement!.previousElementSibling?.lastElementChild ?? undefined;
}

function isLastOfFullGroup(line: Element): boolean {
  return line.nextElementSibling === null && line.parentElement!.childElementCount >= GROUP_SIZE;
}
