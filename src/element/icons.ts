import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';

const icon = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

const microphone = svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5 11a7 7 0 0 0 14 0M12 18v3" />`;

export const microphoneIcon = icon(microphone);

export const mutedIcon = icon(svg`${microphone}<path d="M4 4l16 16" />`);

export const sendIcon = icon(svg`<path d="M12 20V5M6 11l6-6 6 6" />`);

export const stopIcon = icon(svg`<rect x="7" y="7" width="10" height="10" rx="2" />`);

export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);

export const settingsIcon = icon(svg`<path d="M4 8h9M19 8h1M4 16h1M11 16h9" /><circle cx="16" cy="8" r="2.5" /><circle cx="8" cy="16" r="2.5" />`);
