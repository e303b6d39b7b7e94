import { css } from 'lit';

/** The launcher at the edge of the window, and its panel. */
export const dockStyles = css`
  :host([variant='floating']) {
    display: contents;
  }
  .dock {
    --_inset: var(--realtime-voice-inset, 20px);
    --_block: var(--realtime-voice-inset-block, var(--_inset));
    --_inline: var(--realtime-voice-inset-inline, var(--_inset));
    position: fixed;
    z-index: var(--realtime-voice-z-index, 2147483000);
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .dock[data-placement^='bottom'] {
    inset-block-end: max(var(--_block), env(safe-area-inset-bottom));
  }
  .dock[data-placement^='top'] {
    inset-block-start: max(var(--_block), env(safe-area-inset-top));
    flex-direction: column-reverse;
  }
  .dock[data-placement$='end'] {
    inset-inline-end: max(var(--_inline), env(safe-area-inset-right));
    align-items: flex-end;
  }
  .dock[data-placement$='start'] {
    inset-inline-start: max(var(--_inline), env(safe-area-inset-left));
    align-items: flex-start;
  }
  .drawer {
    --_room: calc(100svh - 2 * var(--_block) - 72px);
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: calc(100vw - 2 * var(--_inline));
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
  .launcher .label {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    max-inline-size: 14em;
    margin-inline: 4px 14px;
    text-align: start;
  }
  .launcher .label,
  .nudge {
    line-height: 1.25;
    unicode-bidi: plaintext;
    overflow-wrap: anywhere;
  }
  .launcher:has(> .word) {
    padding-inline: 18px 12px;
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
  .avatar,
  .dock ::slotted([slot='avatar']),
  .header ::slotted([slot='avatar']) {
    flex: none;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    object-fit: cover;
  }
  .launcher .avatar,
  .launcher ::slotted([slot='avatar']) {
    inline-size: 40px;
    block-size: 40px;
  }
  .nudge {
    display: flex;
    max-inline-size: min(280px, calc(100vw - 2 * var(--_inline)));
    background: var(--_surface);
    border: 1px solid var(--_outline);
    border-radius: min(20px, var(--_radius));
    color: var(--_on-surface);
  }
  .nudge button {
    min-block-size: 44px;
    padding-block: 8px;
    padding-inline: 14px 0;
    text-align: start;
    text-wrap: balance;
  }
  .nudge .close {
    flex: none;
    inline-size: 44px;
    padding: 0;
    color: var(--_muted);
  }
  .launcher:focus-visible {
    outline-color: var(--_on-surface);
  }
  /* On a phone the panel is a sheet at the bottom, and a call behind it a bar. */
  @media (max-width: 480px) and (min-height: 481px) {
    .dock:has(.drawer) {
      inset: auto 0 var(--realtime-voice-inset-block, 0px);
      flex-direction: column-reverse;
    }
    .drawer {
      --_room: calc(100svh - 72px);
      inline-size: 100%;
      max-inline-size: none;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      box-shadow: 0 -4px 32px rgb(0 0 0 / 0.2);
    }
    /* The words have the room that there is. */
    :host(:not([no-transcript])) .drawer {
      --_usual-height: max(540px, 75svh);
    }
    .drawer .card {
      padding-block-end: max(var(--_padding), env(safe-area-inset-bottom));
      border-radius: inherit;
    }
    .drawer + .launcher {
      min-inline-size: 44px;
      block-size: 44px;
      margin-inline: 12px;
    }
    .dock:has(> .launcher > .word) {
      inset-inline: 8px;
      align-items: stretch;
    }
    .launcher > .word {
      flex: 1;
    }
  }
  @media (max-height: 400px) {
    .dock {
      --_inset: min(6px, var(--realtime-voice-inset, 6px));
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
      --_room: calc(100svh - 2 * var(--_block));
      max-inline-size: calc(100vw - 2 * var(--_inline) - 72px);
    }
  }
`;
