import { css } from 'lit';

/** The way to a person, and the rating of a call that has ended. */
export const endingStyles = css`
  .handover-row {
    display: flex;
    justify-content: center;
    min-block-size: 44px;
    margin-block-end: calc(-1 * var(--_gap));
  }
  .handover.place {
    visibility: hidden;
  }
  /* As quiet as a link: the words of the conversation come first. */
  .button.handover {
    min-block-size: 44px;
    padding: 4px 16px;
    border: 0;
    outline-offset: -4px;
    background: none;
    color: var(--_muted);
    font-size: 0.85em;
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 2px;
    unicode-bidi: plaintext;
  }
  /* Other words move no thumb. */
  .rating {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_muted);
    font-size: 0.93em;
  }
  .rating span {
    flex: 1;
  }
  .thumb {
    flex: none;
    inline-size: 52px;
    block-size: 44px;
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
    background: var(--_surface);
  }
  .pill:has(.handover-row) :is(.hint, .notices:not(:has(button, .danger)) .notice) {
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
