import { printEndpoint } from './endpoint.js';
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
