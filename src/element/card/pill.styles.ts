import { css } from 'lit';

/**
 * The compact variant: one row, whose parts keep their places. A text without a question is below the pill, in
 * reserved room; a question makes the pill higher.
 */
export const pillStyles = css`
  :host([variant='compact']) {
    inline-size: var(--realtime-voice-width, 400px);
    container-type: inline-size;
  }
  .card.pill {
    flex-flow: row wrap;
    align-items: center;
    gap: 4px 8px;
    position: relative;
    block-size: auto;
    min-block-size: 62px;
    max-block-size: none;
    margin-block-end: 46px;
    padding: 8px 9px 8px 16px;
    border-radius: min(32px, calc(var(--_radius) * 1.6));
  }
  .pill :is(.middle, .scene, .base, .foot, .footer) {
    display: contents;
  }
  .pill .middle {
    container-type: normal;
  }
  .pill .stage {
    flex: 1 1 0;
    flex-direction: row;
    position: static;
    gap: 8px;
    min-inline-size: 0;
    min-block-size: 44px;
    padding: 0;
    text-align: start;
  }
  .pill .line {
    flex: 1;
    align-self: center;
    min-inline-size: 0;
    min-block-size: 0;
    padding: 0;
    line-height: 1.25;
  }
  /* Below the pill is the page: its colours are not known. */
  .pill .hint,
  .pill .notices:not(:has(button, .danger)) .notice {
    padding: 2px 8px;
    border-radius: min(10px, var(--_radius));
    background: var(--_surface);
    font-size: 0.8em;
    line-height: 1.3;
  }
  .pill .hint {
    position: absolute;
    inset-block-start: calc(100% + 6px);
    inset-inline-start: 8px;
    max-inline-size: calc(100% - 16px);
    text-align: start;
  }
  .pill .stack,
  .pill .call {
    flex: none;
    margin: 0;
  }
  .pill .row {
    gap: 8px;
  }
  .pill .button {
    min-block-size: 44px;
    border-radius: min(24px, calc(var(--_radius) * 1.2));
  }
  .pill .call .button,
  .pill .interrupt {
    flex: none;
    position: static;
    inline-size: auto;
    min-inline-size: 44px;
    padding-inline: 11px;
    font-size: 1em;
  }
  .pill .call .end {
    padding-inline: 13px;
  }
  .pill .microphone {
    position: absolute;
    inset-inline-start: 0;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .pill .notices .notice {
    order: 1;
    flex-basis: 100%;
    margin: 4px 0;
    border-radius: min(24px, calc(var(--_radius) * 1.2));
  }
  .pill #question {
    max-block-size: 30svh;
  }
  /* It asks for nothing. */
  .pill .notices:not(:has(button, .danger)) .notice {
    position: absolute;
    inset: calc(100% + 6px) 8px auto;
    inline-size: fit-content;
    margin: 0;
    border: 0;
    color: var(--_muted);
  }
  /* A text below the pill takes its place, and a question would move it. */
  .pill:has(.notice:not(.danger)) .hint {
    display: none;
  }
  /* Room for two lines in any state, so that no word moves. */
  .pill .word {
    display: flex;
    align-items: center;
    min-block-size: 2.5em;
    font-size: 0.93em;
    overflow-wrap: normal;
  }
  @container (max-width: 440px) {
    .pill .talk span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container (max-width: 390px) {
    .card.pill {
      gap: 4px 6px;
      padding-inline-start: 10px;
    }
    .pill .stage {
      gap: 6px;
    }
    .pill .call .end {
      padding-inline: 10px;
    }
  }
  @container (max-width: 360px) {
    .pill .mark {
      --_scale: calc(28 / 70);
    }
    .pill .word {
      overflow-wrap: anywhere;
      hyphens: auto;
    }
    .pill .stack .button {
      padding-inline: 12px;
    }
    .pill .end span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .pill .start .icon {
      display: none;
    }
    .pill .end .icon {
      display: revert;
    }
  }
`;
