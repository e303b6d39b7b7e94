import { css } from 'lit';

/** On paper there are the heading and the transcript, whole, and nothing that only works on a screen. */
export const printStyles = css`
  @media print {
    .launcher,
    .nudge,
    .gear,
    .more,
    .below,
    .microphone,
    .settings,
    .stage,
    .notices,
    .keep {
      display: none !important;
    }
    .card:not(:has(.entry)) {
      display: none;
    }
    /* Blocks, which browsers can continue on the next sheet. */
    .card:has(.entry),
    .middle,
    .scene,
    .drawer,
    .log,
    .group {
      display: block;
      block-size: auto;
      max-block-size: none !important;
      overflow: visible;
      box-shadow: none;
      contain: none;
      container-type: normal;
      content-visibility: visible !important;
    }
    .entry {
      margin-block-start: 10px;
    }
    /* A fixed box would be printed on every sheet. */
    .dock.dock {
      position: absolute;
      inset: auto;
    }
  }
`;
