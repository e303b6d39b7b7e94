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
    --_room: calc(100svh - 2 * var(--_edge) - 72px);
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: calc(100vw - 2 * var(--_edge));
    max-block-size: var(--_room);
    border-radius: var(--_radius);
    overflow: auto;
    outline: none;
  }
  .launcher {
    gap: 10px;
    min-inline-size: 60px;
    block-size: 60px;
    padding-inline: 10px;
    border-radius: min(30px, calc(var(--_radius) * 1.5));
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  /* As wide for every state. */
  .launcher > .word {
    inline-size: 7.5em;
    text-align: start;
  }
  .launcher .mark {
    --_on-surface: currentColor;
    color: inherit;
  }
  .launcher:focus-visible {
    outline-color: var(--_on-surface);
  }
  @media (max-height: 320px) {
    .dock {
      --_edge: min(8px, var(--realtime-voice-inset, 8px));
    }
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
      --_room: calc(100svh - 2 * var(--_edge));
      max-inline-size: calc(100vw - 2 * var(--_edge) - 72px);
    }
  }
`;
