import { svg, type SVGTemplateResult } from 'lit';
import type { CheckStatus } from '../environment-check.js';

/** One shape for each result, so that it is told without its colour. */
const SHAPES: Readonly<Record<CheckStatus | 'waiting' | 'running', SVGTemplateResult>> = {
  passed: svg`<circle cx="10" cy="10" r="8" /><path d="m6.3 10.3 2.5 2.5 5-5.4" />`,
  warning: svg`<path d="M10 2.5 18 17H2zM10 8v4M10 14.3v.2" />`,
  failed: svg`<path d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7zM7 7l6 6M13 7l-6 6" />`,
  skipped: svg`<path d="M5 10h10" />`,
  waiting: svg`<circle cx="10" cy="10" r="1" />`,
  running: svg`<circle cx="4" cy="10" r="1" /><circle cx="10" cy="10" r="1" /><circle cx="16" cy="10" r="1" />`,
};

/** The icon of a result: its shape. The word beside it says the same. */
export function statusIcon(status: keyof typeof SHAPES): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${SHAPES[status]}</svg>`;
}
