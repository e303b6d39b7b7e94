import { css } from 'lit';

/** What is below the bar of the panel: elements, types and events. */
export const eventListStyles = css`
  .body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--_line);
  }
  .about {
    flex: none;
    max-block-size: 40%;
    overflow: auto;
  }
  .about > details {
    padding-inline: 14px;
    border-block-start: 1px solid var(--_line);
  }
  summary {
    min-block-size: 24px;
    padding-block: 3px;
    cursor: pointer;
  }
  .types {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    padding-block-end: 8px;
  }
  ol {
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }
  li > details > summary {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    padding-inline: 14px;
  }
  li > details > summary:hover {
    background: var(--_line);
  }
  time,
  b,
  pre {
    font:
      12px/1.45 ui-monospace,
      'SF Mono',
      Consolas,
      'DejaVu Sans Mono',
      monospace;
  }
  time,
  small {
    color: var(--_soft);
    font-variant-numeric: tabular-nums;
  }
  small {
    font-size: 12px;
  }
  b {
    font-weight: 600;
  }
  @media (min-width: 560px) {
    b {
      min-inline-size: 21ch;
    }
  }
  .what {
    flex: 1 1 16em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  [data-type='voice-error'] b {
    color: color-mix(in srgb, #ff362b 70%, CanvasText);
  }
  pre {
    margin: 0;
    padding: 4px 14px 10px;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    direction: ltr;
    text-align: start;
    unicode-bidi: plaintext;
  }
  .empty {
    margin: 0;
    padding: 24px 14px;
    color: var(--_soft);
    text-align: center;
  }
  textarea {
    flex: none;
    inline-size: calc(100% - 28px);
    block-size: 96px;
    margin: 0 14px 10px;
    padding: 6px 10px;
    border: 1px solid var(--_outline);
    border-radius: 8px;
    font:
      12px/1.45 ui-monospace,
      monospace;
    background: Canvas;
    color: inherit;
  }
`;
