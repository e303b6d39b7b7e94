import { css } from 'lit';

/** The launcher at the edge of the window, and its panel. */
export const dockStyles = css`
  :host([variant='floating']) {
    display: contents;
  }
  .dock {
    --_edge: var(--realtime-voice-inset, 20px);
    position: fixed;
    z-index: var(--realtime-voice-z-index, 2147483000);
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .dock[data-placement^='bottom'] {
    inset-block-end: max(var(--_edge), env(safe-area-inset-bottom));
  }
  .dock[data-placement^='top'] {
    inset-block-start: max(var(--_edge), env(safe-area-inset-top));
    flex-direction: column-reverse;
  }
  .dock[data-placement$='end'] {
    inset-inline-end: max(var(--_edge), env(safe-area-inset-right));
    align-items: flex-end;
  }
  .dock[data-placement$='start'] {
    inset-inline-start: max(var(--_edge), env(safe-area-inset-left));
    align-items: flex-start;
  }
  .drawer {
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: calc(100vw - 2 * var(--_edge));
    max-block-size: calc(100dvh - 2 * var(--_edge) - 72px);
    border-radius: var(--_radius);
    overflow: auto;
    outline: none;
  }
  /* A panel has less room than a card. */
  .drawer #question {
    max-block-size: 20dvh;
  }
  /* At the bottom the panel grows upwards, so questions are first, and the panel scrolls to its controls. */
  .dock[data-placement^='bottom'] .drawer {
    display: flex;
    flex-direction: column-reverse;
  }
  .dock[data-placement^='bottom'] .card {
    flex: none;
  }
  /* In a low window it would cover the heading. There it is last, as in a card. */
  @media (min-height: 480px) {
    .dock[data-placement^='bottom'] .notices > :last-child {
      order: -1;
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--_surface);
    }
    .dock[data-placement^='bottom'] .notices > :last-child .notice {
      margin-block: 0 14px;
    }
  }
  .launcher {
    gap: 10px;
    min-inline-size: 60px;
    block-size: 60px;
    padding-inline: 10px;
    border-radius: 30px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .launcher > span {
    padding-inline-end: 10px;
  }
  .launcher .mark {
    --_on-surface: currentColor;
    color: inherit;
  }
  .launcher:focus-visible {
    outline-color: var(--_on-surface);
  }
  /* On a phone in landscape the panel is beside the launcher, not above it; the launcher stays in its corner. */
  @media (max-height: 480px) {
    .dock.dock {
      flex-direction: row;
      align-items: flex-end;
    }
    .dock[data-placement$='start'] {
      flex-direction: row-reverse;
    }
    .dock[data-placement^='top'] {
      align-items: flex-start;
    }
    .drawer {
      max-block-size: calc(100dvh - 2 * var(--_edge));
      max-inline-size: calc(100vw - 2 * var(--_edge) - 72px);
    }
    .drawer .stage {
      flex-flow: row wrap;
      justify-content: center;
      gap: 0 12px;
    }
    .drawer .mark {
      --_scale: calc(42 / 92);
    }
  }
`;
