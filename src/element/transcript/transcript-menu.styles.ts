import { css } from 'lit';

/** The button “⋯”, and what opens below it. That covers the card and moves nothing. */
export const transcriptMenuStyles = css`
  .more {
    flex: none;
    position: relative;
    inline-size: 44px;
    block-size: 44px;
    margin-block: -10px;
  }
  .more:last-child {
    margin-inline-end: -10px;
  }
  .more > .gear {
    margin: 0;
  }
  .more .icon {
    stroke-width: 3.5;
  }
  .pop {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-end: 0;
    z-index: 2;
    display: grid;
    inline-size: max-content;
    padding: 4px;
    background: var(--_surface);
    border: 1px solid var(--_outline);
    border-radius: var(--_radius-inner);
    box-shadow: 0 10px 24px -10px rgb(0 0 0 / 0.35);
    white-space: nowrap;
  }
  .outcome {
    padding: 8px 14px;
    font-size: 0.93em;
  }
  .menu button {
    justify-content: start;
    min-inline-size: 10em;
    min-block-size: 44px;
    padding-inline: 12px;
    border-radius: calc(var(--_radius-inner) - 4px);
    outline-offset: -3px;
  }
`;
