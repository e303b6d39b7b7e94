import { css } from 'lit';

/** Sizes are in em of one base, so that the page's root font size changes nothing. Colours are those of the element. */
export const panelStyles = css`
  :host {
    display: block;
    inline-size: 34em;
    max-inline-size: 100%;
    color: var(--_on-surface);
    font-size: 15px;
    line-height: 1.45;
    text-align: start;
  }
  :host([hidden]) {
    display: none !important;
  }
  * {
    box-sizing: border-box;
  }
  .panel {
    padding: 1.4em;
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  h2,
  p,
  ol {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.2em;
    font-weight: 600;
    line-height: 1.3;
  }
  .intro,
  .message,
  .word,
  .name-of-device {
    color: var(--_muted);
  }
  /* A text that runs the other way than the page keeps its full stop at its own end. */
  h2,
  p,
  strong,
  .message,
  .reason {
    unicode-bidi: plaintext;
  }
  .reason {
    font:
      0.85em/1.5 ui-monospace,
      monospace;
  }
  .intro {
    margin-block-start: 4px;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 16px;
  }
  button {
    min-block-size: 44px;
    margin: 0;
    padding: 6px 18px;
    border: 1.5px solid var(--_outline);
    border-radius: var(--_radius-inner);
    background: var(--_surface);
    color: var(--_on-surface);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    cursor: pointer;
    touch-action: manipulation;
  }
  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  @media (hover: hover) {
    button:hover {
      box-shadow: inset 0 0 0 4em color-mix(in srgb, currentColor 8%, transparent);
    }
  }

  .status:not(:empty) {
    margin-block-start: 16px;
  }
  .result,
  .question {
    padding: 12px 14px;
    border-inline-start: 4px solid var(--_accent);
    border-radius: 4px;
    background: var(--_tint);
  }
  .result[data-status='failed'] {
    border-color: var(--_danger);
    background: color-mix(in srgb, var(--_danger) 8%, var(--_surface));
  }
  .question {
    margin-block-start: 16px;
  }
  .question .row {
    margin-block-start: 8px;
  }
  strong {
    display: block;
    font-weight: 600;
  }

  ol {
    margin-block-start: 12px;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: 20px 1fr auto;
    gap: 2px 10px;
    align-items: start;
    padding-block: 10px;
  }
  li + li {
    border-block-start: 1px solid var(--_hairline);
  }
  li > .more {
    grid-column: 2 / -1;
  }
  .icon {
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    color: var(--_muted);
  }
  [data-status='passed'] .icon {
    color: var(--_accent);
  }
  [data-status='failed'] :is(.icon, .word) {
    color: var(--_danger);
  }
  [data-status='warning'] :is(.icon, .word),
  [data-status='running'] :is(.icon, .word) {
    color: var(--_on-surface);
  }
  meter {
    display: block;
    inline-size: 100%;
    block-size: 16px;
    margin-block-start: 4px;
  }

  details {
    margin-block-start: 12px;
  }
  summary {
    min-block-size: 28px;
    color: var(--_muted);
    cursor: pointer;
  }
  pre {
    max-block-size: 18em;
    margin: 4px 0 0;
    padding: 10px 12px;
    overflow: auto;
    border: 1px solid var(--_outline);
    border-radius: 8px;
    font:
      0.85em/1.5 ui-monospace,
      monospace;
    white-space: pre-wrap;
    text-align: start;
  }

  @media (forced-colors: active) {
    .primary {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .icon,
    .word,
    .message,
    .intro,
    summary {
      color: CanvasText !important;
    }
  }
  @media print {
    .row,
    .question {
      display: none;
    }
  }
`;
