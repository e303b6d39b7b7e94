/**
 * How many lines a group holds. The browser lays out one group at a time, so that the cost of a word does not grow with
 * the length of the conversation.
 */
const GROUP_SIZE = 100;

/** The lines of the transcript in the document: one after another, in groups. */
export class LineList {
  #log: Element;

  constructor(log: Element) {
    this.#log = log;
  }

  /** Continues in another log, with the same lines: a screen reader does not hear them again as new ones. */
  moveTo(log: Element): void {
    log.append(...this.#log.children);
    this.#log = log;
  }

  /**
   * Puts a line behind another one, or at the beginning. A line that is in its place already is not moved: a screen
   * reader would announce it again.
   */
  place(line: Element, previous: Element | undefined): void {
    if (line.parentElement && lineBefore(line) === previous) return;
    const [firstGroup] = this.#log.children;
    if (!previous && firstGroup) firstGroup.prepend(line);
    else if (!previous) this.#log.append(groupOf(line));
    else if (isLastOfFullGroup(previous)) previous.parentElement!.after(groupOf(line));
    else previous.after(line);
  }

  /** Takes a line out, and its group with it when that is empty. */
  remove(line: Element): void {
    const group = line.parentElement;
    line.remove();
    if (group?.childElementCount === 0) group.remove();
  }
}

/** A new group with its first line. The line is in it before the group is in the log: it is announced once. */
function groupOf(line: Element): Element {
  const group = document.createElement('div');
  group.className = 'group';
  group.append(line);
  return group;
}

function lineBefore(line: Element): Element | undefined {
  return line.previousElementSibling ?? line.parentElement!.previousElementSibling?.lastElementChild ?? undefined;
}

function isLastOfFullGroup(line: Element): boolean {
  return line.nextElementSibling === null && line.parentElement!.childElementCount >= GROUP_SIZE;
}
