import { css } from 'lit';

/** The compact variant: the sections of the card in one row. */
export const pillStyles = css`
  :host([variant='compact']) {
    inline-size: var(--realtime-voice-width, fit-content);
  }
  .card.pill {
    flex-flow: row wrap;
    align-items: center;
    gap: 4px 10px;
    max-inline-size: 480px;
    padding: 8px 10px 8px 16px;
    border-radius: 32px;
  }
  .pill .stage,
  .pill .line {
    flex-direction: row;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 44px;
    padding: 0;
  }
  .pill .stage {
    flex: auto;
    flex-wrap: wrap;
    text-align: start;
  }
  .pill .stage:has(.hint),
  .pill .hint {
    flex-basis: 12em;
    flex-grow: 1;
  }
  /* As wide as the row above makes the pill, so that the row stays where it is. */
  .pill .notices > * {
    contain: inline-size;
    flex-basis: 100%;
    order: 1;
  }
  .pill .notices > :empty {
    position: absolute;
  }
  .pill .notice {
    margin: 4px 0;
    border-radius: 24px;
  }
  .pill .stack {
    margin: 0;
  }
  .pill .button {
    min-block-size: 44px;
    border-radius: 24px;
  }
  .pill .mute[aria-pressed],
  .pill .interrupt {
    padding-inline: 11px;
  }
`;
