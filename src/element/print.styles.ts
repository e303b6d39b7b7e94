import { css } from 'lit';

/** On paper there are the heading and the transcript, whole, and nothing that only works on a screen. */
export const printStyles = css`
  @media print {
    .launcher,
    .gear,
    .microphone,
    .settings,
    .stage,
    .notices,
    .stack,
    .composer,
    .export,
    .card:not(:has(.entry)) {
      display: none !important;
    }
    .card,
    .drawer,
    .log {
      block-size: auto;
      max-block-size: none !important;
      overflow: visible;
      box-shadow: none;
    }
    .group {
      contain: none;
    }
    /* A fixed box would be printed on every sheet. */
    .dock.dock {
      position: absolute;
      inset: auto;
    }
  }
`;
