import { css } from 'lit';

/** The words. Who speaks is told by name and by the rule at the start of the line, never by colour alone. */
export const transcriptLogStyles = css`
  .log {
    display: flex;
    flex-direction: column;
    gap: 12px;
    position: relative;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_outline) transparent;
  }
  .log:not(:empty) {
    flex: 1 1 auto;
    max-block-size: var(--realtime-voice-height, min(40vh, 17em));
    margin-block-start: 12px;
    padding-block: 14px 2px;
    border-block-start: 1px solid var(--_hairline);
  }
  .entry {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  .entry.user {
    border-color: var(--_hairline);
    color: var(--_muted);
  }
  .entry:last-child {
    color: var(--_on-surface);
    font-size: 1.07em;
  }
  .who {
    display: block;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }
  .words {
    white-space: pre-line;
  }
  .entry.partial .words::after {
    content: '';
    display: inline-block;
    inline-size: 3px;
    block-size: 1em;
    margin-inline-start: 3px;
    border-radius: 2px;
    background: var(--_accent);
    vertical-align: -0.13em;
  }
  .remark {
    color: var(--_muted);
    font-size: 0.87em;
    white-space: nowrap;
  }
  .remark:not(:empty)::before {
    content: ' — ';
  }
  .export {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-block-start: 8px;
  }

  /* Dictation: no conversation but one text, in a box like the one it will be pasted into. */
  [data-kind='transcription'] .log {
    gap: 4px;
    min-block-size: 7em;
    padding: 12px 14px;
    border: 1px solid var(--_outline);
    border-radius: var(--_radius-inner);
    margin-block-start: 12px;
  }
  [data-kind='transcription'] .entry {
    padding: 0;
    border: 0;
    color: var(--_on-surface);
    font-size: 1em;
  }
  [data-kind='transcription'] .who,
  [data-kind='transcription'] .up {
    display: none;
  }
`;
