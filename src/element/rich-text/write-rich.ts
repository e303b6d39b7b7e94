import type { Rich, RichPart } from './rich.js';

/**
 * Writes a text into an element as nodes, never as HTML. What is the same as before stays: while an answer arrives,
 * words are added to the last text, and a selection is not lost. Links of an open line are not reached by Tab, because
 * a line that is complete takes its place.
 */
export function writeRich(parent: Element, content: readonly Rich[], open: boolean): void {
  content.forEach((rich, index) => {
    const old = parent.childNodes[index];
    const node = usable(old, rich) ? old! : create(rich);
    if (typeof rich !== 'string') writeRich(node as Element, rich.content, open);
    else if ((node as Text).data !== rich) (node as Text).data = rich;
    if (node === old) return;
    if (open && node instanceof HTMLAnchorElement) node.tabIndex = -1;
    if (old) old.replaceWith(node);
    else parent.append(node);
  });
  while (parent.childNodes.length > content.length) parent.lastChild!.remove();
}

/** Whether a node can stay for a part of the text. */
function usable(old: ChildNode | undefined, rich: Rich): boolean {
  if (typeof rich === 'string') return old instanceof Text;
  if (!(old instanceof HTMLElement) || old.localName !== rich.tag) return false;
  return rich.tag !== 'a' || old.getAttribute('href') === rich.href;
}

function create(rich: Rich): Element | Text {
  return typeof rich === 'string' ? document.createTextNode(rich) : createPart(rich);
}

function createPart({ tag, href, start }: RichPart): Element {
  const element = document.createElement(tag);
  if (element instanceof HTMLOListElement && start !== undefined) element.start = start;
  if (!(element instanceof HTMLAnchorElement)) return element;
  element.href = href!;
  element.rel = 'noopener nofollow ugc';
  if (element.protocol === 'https:') element.target = '_blank';
  // The direction of the text around it does not turn its words round.
  element.dir = 'auto';
  return element;
}
