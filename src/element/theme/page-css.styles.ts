import { css } from 'lit';

/**
 * Keeps the page's CSS for its own text out of the element, whether it is inherited or said of every element. What the
 * page decides is its font, light and dark, the direction, and whether the element can be seen and used.
 */
export const pageCssStyles = css`
  /* The only thing in its line is the card. */
  :host {
    writing-mode: horizontal-tb !important;
    text-indent: 0 !important;
    line-height: 0 !important;
  }
  .card,
  .dock {
    all: initial;
    box-sizing: border-box;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    font: 400 1em/1.45 sans-serif;
    font-family: var(--realtime-voice-font, inherit);
    color: var(--_on-surface);
  }
  /* Underlines of the page are drawn through every block inside, but not into a box that is part of a line. */
  .card {
    display: inline-flex;
    inline-size: 100%;
    vertical-align: top;
  }
`;
