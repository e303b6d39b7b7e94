import { css } from 'lit';

/** Notices and questions, at the end of what is between heading and controls. */
export const noticeAreaStyles = css`
  #question,
  .notice button {
    scroll-margin-block-end: 200px;
  }
  /* What is around a notice has no box, because a box that stays would move from one notice to the next. */
  .notices,
  .notices > div,
  .notices div:has(> .notice) {
    display: contents;
  }
  /* Long words of a question scroll; its buttons are always there. */
  .notices .notice {
    grid-column: 2;
    min-block-size: 0;
    margin: var(--_gap) 0 0;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  .notice .row {
    flex: none;
    flex-wrap: wrap;
  }
  /* Long ones scroll from their beginning, so that the buttons are never there without the words. */
  #question {
    min-block-size: 24px;
    overflow: auto;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) 1fr;
    gap: 2px 12px;
    margin: 6px 0 0;
  }
  /* The model and the page may write in another direction than the element. */
  dt,
  dd,
  #question {
    unicode-bidi: plaintext;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
  }
  .notice {
    padding: 11px 14px;
    background: var(--_tint);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius-inner);
    font-size: 0.93em;
  }
  /* A link of the page, as quiet as the advice below it, and large enough to be hit. */
  .notice ::slotted([slot='sign-in']) {
    margin: 0;
    font-weight: 600;
    color: var(--_ink);
    text-underline-offset: 3px;
  }
  .notice ::slotted(a[slot='sign-in']) {
    padding-block: 4px;
  }
  .notice ::slotted([slot='sign-in']:focus-visible) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  .notice.danger {
    gap: 2px;
    background: color-mix(in srgb, var(--_danger) 9%, var(--_surface));
  }
`;
