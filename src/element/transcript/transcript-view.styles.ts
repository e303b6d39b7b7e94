import { css } from 'lit';

/** The transcript. A name and the rule at the start of the line tell who speaks, never colour alone. */
export const transcriptViewStyles = css`
  .log {
    position: relative;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  /* Its height depends on the card, not on its words. */
  .log:not(:empty) {
    flex: 1 0 0;
    min-block-size: 3.2em;
    padding-block: 10px 2px;
    border-block-start: 1px solid var(--_hairline);
  }
  /* The browser lays out the group whose words have changed, and no other. */
  .group {
    contain: content;
  }
  /*
   * What is scrolled out of view keeps its place, but not its layout. It can be found, copied and read aloud. Rather
   * too high before it is laid out: then a log that is at its end stays there.
   */
  .group:not(:last-child) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 8000px;
  }
  .entry {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  .user {
    border-color: var(--_hairline);
    color: var(--_muted);
  }
  .group:last-child > .entry:last-child {
    color: var(--_on-surface);
  }
  .who {
    display: block;
    font-size: 12px;
  }
  .words {
    white-space: pre-line;
  }
  .partial .words::after {
    content: '';
    border-inline-end: 3px solid var(--_accent);
    margin-inline-start: 3px;
  }
  /* It is the page's, and wide things are cut off. */
  .shown {
    min-inline-size: 0;
  }
  .shown ::slotted(*) {
    max-inline-size: 100%;
  }
  .wordless .entry {
    display: none;
  }
  .remark {
    white-space: nowrap;
  }
  .remark::before {
    content: ' — ';
  }

  /* Dictation is one text, in a box like the one that it will be pasted into. */
  [data-kind='transcription'] .log {
    min-block-size: 7em;
    margin-block-start: 14px;
    padding: 12px 14px;
    border: 1px solid var(--_outline);
    border-radius: var(--_radius-inner);
  }
  [data-kind='transcription'] .entry {
    padding: 0;
    border: 0;
    color: var(--_on-surface);
  }
  [data-kind='transcription'] :is(.who, .up) {
    display: none;
  }
`;
