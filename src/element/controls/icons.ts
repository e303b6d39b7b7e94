import { html, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

const microphone = 'M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0m-7 7v3';

export const microphoneIcon = icon(microphone);

export const mutedIcon = icon(`${microphone}M4 4l16 16`);

export const sendIcon = icon('M12 20V5m-6 6l6-6 6 6');

export const stopIcon = icon('M7 9a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2z');

export const downIcon = icon('M12 4v15m-6-6l6 6 6-6');

export const thumbIcon = icon(
  'M7 11v9H4v-9zm0 0l4-8a2.5 2.5 0 0 1 2.5 2.5V9H19a1.5 1.5 0 0 1 1.5 1.8l-1.4 7.7a1.8 1.8 0 0 1-1.8 1.5H7',
);

export const closeIcon = icon('M6 6l12 12m0-12L6 18');

export const hangUpIcon = icon('M3 15c-.5-7.5 18.5-7.5 18 0v1.2l-5-1.1v-2.7c-2.5-.8-5.5-.8-8 0v2.7l-5 1.1z');

export const moreIcon = icon('M5 12h0m7 0h0m7 0h0');

export const settingsIcon = icon(
  'M4 8h9.5a2.5 2.5 0 0 0 5 0a2.5 2.5 0 0 0-5 0m5 0H20M4 16h1.5a2.5 2.5 0 0 0 5 0a2.5 2.5 0 0 0-5 0m5 0H20',
);
