/**
 * Runs in the page: records what the live regions of an element say, in order: `polite: …`, `alert: …`, `log: …`.
 * Emptied regions say nothing. It must not refer to anything outside itself.
 */
export function recordAnnouncements(element: Element): string[] {
  const said: string[] = [];
  const heard = new Set<Node>();
  const kinds: Readonly<Record<string, string>> = { status: 'polite', alert: 'alert', log: 'log' };
  const visible = (node: Node): boolean => !(node as Element).closest?.('[aria-hidden=true], [aria-live=off]');
  const note = (kind: string, node: Node): void => {
    const words = [...(node.childNodes.length > 0 ? node.childNodes : [node])].map(({ textContent }) => textContent!);
    const text = words.join(' ').replace(/\s+/g, ' ').trim();
    if (text && !heard.has(node)) said.push(`${kind}: ${text}`);
    heard.add(node);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      const parent = target instanceof Element ? target : target.parentElement;
      const region = parent?.closest('[role=status], [role=alert], [role=log]');
      if (!region || !visible(parent!)) continue;
      const kind = kinds[region.getAttribute('role')!]!;
      if (type === 'characterData') said.push(`${kind}, changed: ${target.textContent}`);
      for (const node of addedNodes) {
        // The first line of a group arrives together with its group.
        const isGroup = node instanceof Element && node.matches('.group');
        for (const line of isGroup ? node.children : [node]) if (visible(line)) note(kind, line);
      }
    }
  }).observe(element.shadowRoot!, { childList: true, characterData: true, subtree: true });
  return said;
}
