import { printEndpoint } from './endpoint.js';
import { made } from './fields.js';
import { printPolicy } from './policy.js';
import { printImports } from './snippet-printer.js';

let latest;

/** The texts to copy beside the HTML. */
export async function showTexts(page, { snippet, stack, instructions, parts }) {
  const { attributes, loading } = snippet;
  page.imports.value = printImports(snippet, parts);
  page.imports.closest('section').hidden = loading !== 'npm';
  page.endpoint.value = printEndpoint({ recipes: parts.recipes, stack, attributes, instructions });
  // The hash of a style takes a moment. The last change wins.
  latest = snippet;
  const policy = await printPolicy(snippet);
  if (latest === snippet) page.policy.value = policy;
}

/** Each button with `data-copies` copies the field of this id. */
export function enableCopying(page) {
  for (const button of document.querySelectorAll('[data-copies]')) {
    button.addEventListener('click', async () => {
      const text = page[button.dataset.copies];
      document.querySelector('.copied')?.remove();
      // The status is read by screen readers; this is seen where the eye looks.
      const says = (words) => button.before(made('span', { className: 'copied', ariaHidden: 'true' }, words));
      try {
        // A page on plain http has no clipboard.
        await navigator.clipboard.writeText(text.value);
        page.status.textContent = 'Copied.';
        says('Copied');
      } catch {
        text.select();
        says('Selected: copy it');
        page.status.textContent = 'The browser does not let the page copy. The text is selected: copy it.';
      }
    });
  }
}
