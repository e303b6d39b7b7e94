import { shortened } from '../shortened.js';

/** A longer name is cut; in characters. */
const LONGEST = 100;

/** What an element of the page is called: by its label, its first heading, or its words. */
export function accessibleName(node: Element): string {
  const ids = node.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  const root = node.getRootNode() as Partial<Document>;
  const labels = ids.map((id) => root.getElementById?.(id)?.textContent);
  const heading = node.querySelector('h1, h2, h3, h4, h5, h6, legend, caption, figcaption')?.textContent;
  const names = [
    labels.join(' '),
    node.getAttribute('aria-label'),
    node.getAttribute('alt'),
    heading,
    node.textContent,
  ];
  const name = names.map((text) => text?.replace(/\s+/g, ' ').trim()).find(Boolean);
  return shortened(name ?? '', LONGEST);
}
