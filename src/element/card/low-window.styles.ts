import { css } from 'lit';

/** A card in a low window, such as a phone on its side, or one that is zoomed in. The dock has rules of its own. */
export const lowWindowStyles = css`
  @media (max-height: 320px) {
    .card:has(.notices .notice) .composer:not(:focus-within) {
      display: none;
    }
    .notice {
      padding: 6px 10px;
    }
  }
  /* All is closer, so that there is room for words. */
  @media (max-height: 480px) {
    .card:not(.pill) {
      --_gap: 6px;
      --_padding: 10px;
    }
    .card:not(.pill) :is(.start, .talk, .foot, .call .button) {
      min-block-size: 44px;
    }
    /* The way to a person is at the end of its row, and the row is as high, with and without a wide button. */
    .card:not(.pill) .top {
      display: flex;
      align-items: flex-end;
      justify-content: flex-end;
    }
    .top .stack {
      flex: 1;
    }
    .card:not(.pill) .handover-row {
      max-inline-size: 50%;
      margin: var(--_gap) 0 0;
    }
    /* A tall one scrolls, and the controls stay in view. There is room for outlines at its sides. */
    .footer {
      min-block-size: 0;
      max-block-size: 20svh;
      margin-inline: calc(-1 * var(--_padding));
      padding-inline: var(--_padding);
      overflow-y: auto;
      scrollbar-width: thin;
    }
    .card:not(.pill) > .keep[inert] > * {
      display: none;
    }
  }
`;
