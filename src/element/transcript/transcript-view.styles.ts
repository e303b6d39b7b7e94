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
    position: relative;
    /* At the end of a full line there is room for the caret. */
    padding-inline: 12px 6px;
    border-inline-start: 3px solid var(--_accent);
  }
  .user {
    border-color: var(--_hairline);
    color: var(--_muted);
  }
  .group:last-child > .entry:last-child {
    color: var(--_on-surface);
  }
  /* One speaker goes on: the rule, too, and the name is only read aloud. There is room for the time in between. */
  :is(.user + .user, .assistant + .assistant) {
    margin-block-start: -10px;
    padding-block-start: 10px;
  }
  time {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    padding-block-start: 2px;
    color: var(--_muted);
    font-size: 11px;
    line-height: 1;
    opacity: 0;
    user-select: none;
    -webkit-user-select: none;
  }
  :is(.entry:hover, .log:focus-visible) time {
    opacity: 1;
  }
  .who {
    display: block;
    font-size: 12px;
  }
  .words {
    white-space: pre-line;
  }
  /* What the assistant has not said yet. */
  ::highlight(realtime-voice-to-come) {
    color: var(--_muted);
  }
  /* Answers with paragraphs, lists and links. */
  .words :is(p, ul, ol) {
    margin: 0;
  }
  .words > * + :is(p, ul, ol),
  .words li + li {
    margin-block-start: 6px;
  }
  .words :is(ul, ol) {
    padding-inline-start: 1.4em;
  }
  .words a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .partial :is(.words:not(:has(> p, > ul, > ol)), .words > p:last-child, .words > :last-child > li:last-child)::after {
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
    display: inline-block;
    margin-inline-start: 0.3em;
    white-space: nowrap;
  }
  .remark::before {
    content: '— ';
  }

  .below {
    flex: none;
    position: relative;
  }
  .latest {
    position: absolute;
    inset: auto 0 6px;
    inline-size: fit-content;
    min-block-size: 36px;
    margin-inline: auto;
    padding-inline: 12px 16px;
    background: var(--_surface);
    border: 1px solid var(--_outline);
    border-radius: 18px;
    box-shadow: 0 4px 14px -4px rgb(0 0 0 / 0.3);
    font-size: 0.85em;
  }
  @media (pointer: coarse) {
    .latest {
      min-block-size: 44px;
      border-radius: 22px;
    }
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
    margin: 0;
    padding: 0;
    border: 0;
    color: var(--_on-surface);
  }
  [data-kind='transcription'] :is(.who, time) {
    display: none;
  }
`;
