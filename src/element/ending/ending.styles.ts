import { css } from 'lit';

/** The way to a person, and the rating of a call that has ended. */
export const endingStyles = css`
  .handover-row {
    display: flex;
    justify-content: center;
    min-block-size: 44px;
    margin-block-start: 10px;
  }
  .button.handover {
    min-block-size: 44px;
    padding: 4px 16px;
    border-color: var(--_outline);
    background: var(--_surface);
    unicode-bidi: plaintext;
  }
  /* Where the button to interrupt was: its buttons are at the height of the mark, and its words grow upwards. */
  .rating {
    position: absolute;
    inset-block-end: calc(100% - 80px);
    inset-inline-end: 0;
    inline-size: min(100px, calc(50% - 54px));
    color: var(--_muted);
    font-size: 0.76em;
    line-height: 1.2;
  }
  .rating div {
    display: flex;
    justify-content: center;
    gap: 2px;
    margin-block-start: 4px;
  }
  .thumb {
    flex: 0 1 44px;
    min-block-size: 44px;
    border: 1px solid var(--_outline);
    border-radius: var(--_radius-inner);
  }
  .thumb.poor .icon {
    scale: 1 -1;
  }
  .thumb[aria-pressed='true'] {
    border: 2px solid var(--_accent);
    background: var(--_tint);
    color: var(--_accent);
  }
  .thumb[aria-pressed='true'] .icon {
    fill: currentColor;
  }
  /* Where the stage is one row, there is room for its buttons: their names say what the question asks. */
  @container (max-height: 225px) {
    .stage:not(.pill *) .rating {
      inset-block: 3px auto;
    }
    .stage:not(.pill *) .rating span {
      display: none;
    }
    .stage:not(.pill *) .rating div {
      margin: 0;
    }
  }
  /* Under the pill, beside what is told there. */
  .pill .handover-row {
    position: absolute;
    inset-block-start: calc(100% + 2px);
    inset-inline-end: 8px;
    min-block-size: 0;
    max-inline-size: 50%;
    margin: 0;
  }
  .pill .handover-row .handover {
    min-block-size: 40px;
    border-color: transparent;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 0.85em;
    font-weight: 400;
    text-decoration: underline;
  }
  .pill:has(.handover-row) .hint {
    inset-inline-end: 50%;
  }
  .comment {
    background: var(--_tint);
  }
  @media print {
    .rating {
      display: none;
    }
  }
`;
