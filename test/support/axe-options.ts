import type { RunOptions } from 'axe-core';

/** Rules by tag: the default set lacks some rules of WCAG 2.2, such as the size of targets. */
export const AXE_OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
};
