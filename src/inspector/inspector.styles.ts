import { css } from 'lit';

/** Colours are mixed from the system colours, which follow the page's `color-scheme`. */
export const inspectorStyles = css`
  :host {
    display: contents;
  }
  /* Nothing is inherited from the page but its direction and its colour scheme. */
  .panel {
    all: initial;
    color-scheme: inherit;
    --_ink: color-mix(in srgb, CanvasText 91%, Canvas);
    --_soft: color-mix(in srgb, CanvasText 66%, Canvas);
    --_line: color-mix(in srgb, CanvasText 14%, Canvas);
    --_outline: color-mix(in srgb, CanvasText 52%, Canvas);
    --_accent: color-mix(in srgb, #11b4c1 60%, CanvasText);
    position: fixed;
    z-index: 2147483000;
    display: flex;
    flex-direction: column;
    overflow: hidden;
    border: 0 solid var(--_outline);
    background: Canvas;
    color: var(--_ink);
    font:
      13px/1.45 system-ui,
      sans-serif;
  }
  .panel,
  .panel * {
    box-sizing: border-box;
  }
  .panel[data-side='bottom'] {
    inset: auto 0 0;
    block-size: var(--_size, 45%);
    border-block-start-width: 1px;
  }
  .panel[data-side='end'] {
    inset-block: 0;
    inset-inline: auto 0;
    inline-size: var(--_size, 45%);
    border-inline-start-width: 1px;
  }
  .panel[data-side='start'] {
    inset-block: 0;
    inset-inline: 0 auto;
    inline-size: var(--_size, 45%);
    border-inline-end-width: 1px;
  }
  .edge {
    position: absolute;
    z-index: 1;
    touch-action: none;
  }
  [data-side='bottom'] .edge {
    inset: 0 0 auto;
    block-size: 8px;
    cursor: ns-resize;
  }
  [data-side='end'] .edge {
    inset-block: 0;
    inset-inline: 0 auto;
    inline-size: 8px;
    cursor: ew-resize;
  }
  [data-side='start'] .edge {
    inset-block: 0;
    inset-inline: auto 0;
    inline-size: 8px;
    cursor: ew-resize;
  }
  .edge:hover {
    background: var(--_line);
  }
  .edge:focus-visible {
    background: var(--_accent);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .bar {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 10px 14px 8px;
  }
  h2 {
    flex: 1 0 auto;
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
  button,
  select {
    min-block-size: 28px;
    padding: 2px 10px;
    border: 1px solid var(--_outline);
    border-radius: 8px;
    background: Canvas;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  button[aria-pressed='true'] {
    border-color: var(--_ink);
    background: var(--_ink);
    color: Canvas;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
  }
  input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    flex: none;
    accent-color: var(--_accent);
  }
  .says {
    flex: none;
    margin: 0;
    padding: 0 14px 6px;
    color: var(--_soft);
    unicode-bidi: plaintext;
  }
  [role='status'] {
    margin-inline-start: 1em;
    color: var(--_ink);
  }

  /* A phone has no room at its sides. */
  @media (max-width: 559px) {
    .panel[data-side='bottom'] {
      min-block-size: min(60%, 420px);
    }
    .panel[data-side='end'],
    .panel[data-side='start'] {
      inset: auto 0 0;
      inline-size: auto;
      block-size: 60%;
      border-width: 1px 0 0;
    }
    .panel:not([data-side='bottom']) .edge,
    .side {
      display: none;
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .edge:hover,
    .edge:focus-visible {
      background: Highlight;
    }
  }
  @media print {
    .panel {
      display: none;
    }
  }
`;
