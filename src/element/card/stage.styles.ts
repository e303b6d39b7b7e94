import { css } from 'lit';

/** Mark, state and button in one row, for where there is little height. */
const row = css`
  .stage:not(.pill *) {
    flex-direction: row;
    gap: 12px;
    min-block-size: 46px;
    padding: 0;
    text-align: start;
  }
  .stage:not(.pill *) .mark {
    --_scale: calc(40 / 92);
  }
  .stage:not(.pill *) .line {
    flex: 1;
    align-self: center;
    min-block-size: 0;
    padding: 0;
  }
  .stage:not(.pill *) .microphone {
    display: none;
  }
  .stage:not(.pill *):has(.interrupt) {
    padding-inline-end: calc(min(100px, 50% - 52px) + 8px);
  }
  .stage:not(.pill *) .interrupt {
    inset-block-start: 1px;
    gap: 0;
    min-block-size: 44px;
    padding-block: 2px;
  }
`;

/** The stage: each of its parts has a place of its own, so that none moves another one when it comes or goes. */
export const stageStyles = css`
  .stage {
    flex: none;
    position: relative;
    align-items: center;
    padding-block-start: 10px;
    text-align: center;
  }
  /* One line for the state and two for a hint. */
  .line {
    align-self: stretch;
    min-block-size: 62px;
    padding-block-start: 4px;
    text-wrap: balance;
  }
  .hint {
    margin: 0;
    line-height: 1.35;
  }
  .line .hint {
    max-inline-size: 25em;
    margin-inline: auto;
  }
  .word:has(+ .danger) {
    color: var(--_danger);
  }
  /* What to do about a failure is said where it is named. */
  .line .notice.danger {
    padding: 0;
    border: 0;
    background: none;
    line-height: 1.25;
  }
  /* Their middles are at the height of the middle of the mark. They stay away from the stroke through it. */
  .microphone,
  .interrupt {
    position: absolute;
    inset-block-start: 32px;
    inset-inline-end: 0;
    inline-size: min(100px, 50% - 52px);
    font-size: 0.76em;
    line-height: 1.2;
  }
  /* One line in most fonts. */
  .microphone {
    inset-inline: 0 auto;
    inline-size: min(105px, 50% - 56px);
    padding-block-start: 8px;
  }
  .button.interrupt {
    flex-direction: column;
    gap: 2px;
    min-block-size: 52px;
    padding: 4px 1px;
  }
  /* The sign of “stop” is a full square. */
  .interrupt .icon {
    fill: currentColor;
  }
  /* Where its word has no room in the line, it is in a second one, which is cut off. */
  .interrupt span {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    inline-size: 100%;
    block-size: 1.2em;
    overflow: hidden;
    white-space: nowrap;
  }
  .interrupt span::before {
    content: '';
    inline-size: 1px;
    block-size: 1.2em;
  }
  .microphone::before {
    content: '';
    display: block;
    inline-size: 6px;
    block-size: 6px;
    margin: 4px auto 6px;
    border: 3px solid var(--_accent);
    border-radius: 50%;
  }
  .live::before {
    background: var(--_accent);
  }

  /* In a low card it is one row. */
  @container (max-height: 225px) {
    ${row}
  }
  /* The transcript has three lines at least. */
  .middle:has(.log) {
    container-name: log;
  }
  @container log (max-height: 250px) {
    ${row}
  }
`;
