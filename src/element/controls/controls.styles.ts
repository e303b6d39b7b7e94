import { css } from 'lit';

/** Buttons and the text field. */
export const controlsStyles = css`
  .row > * {
    flex: auto;
  }
  /* As wide in every state. */
  .call > .mute {
    flex: 1;
    min-inline-size: 0;
  }
  /* Its words are never broken: it is as wide as they are. */
  .call > .end {
    flex: none;
    min-inline-size: 34%;
    overflow-wrap: normal;
  }
  .call > .end:only-child {
    flex: 1;
  }
  /* The longest words: where they need it, each button has a line of its own, in the whole call. */
  .call.wraps {
    flex-wrap: wrap;
  }
  .wraps > .mute {
    flex: 1 1 auto;
  }
  .wraps > .end {
    flex: 1 0 auto;
  }
  .call > .button {
    padding: 3px 8px;
  }
  /* Only where there is no room for its word. */
  .end .icon {
    display: none;
  }
  @media (max-width: 374px) {
    .card:not(.pill) .call .icon {
      display: none;
    }
    .card:not(.pill) .call .button {
      padding-inline: 4px;
      font-size: 0.93em;
    }
  }
  button,
  .field {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    cursor: pointer;
    touch-action: manipulation;
  }
  .button {
    min-block-size: 48px;
    padding: 6px 18px;
    border: var(--_button-edge);
    border-radius: var(--_radius-inner);
    background: var(--_button);
    color: var(--_ink);
    font-weight: 600;
    line-height: 1.25;
  }
  .notice .button {
    min-block-size: 40px;
  }
  .decline,
  .interrupt {
    border-color: var(--_outline);
    background: var(--_surface);
  }
  .start,
  .talk,
  .accept,
  .remedy,
  .round[data-ready] {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .end {
    border-color: currentColor;
    background: none;
    color: var(--_danger);
  }
  :host([muted]) .mute {
    border-color: currentColor;
    background: none;
    color: var(--_on-surface);
  }
  .talk {
    min-block-size: 64px;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .talk[aria-pressed='true'],
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  button:disabled,
  button[aria-disabled] {
    opacity: 0.55;
    cursor: default;
  }
  /* The words stay beside their icon. */
  .mute [data-reserve] {
    text-align: start;
  }
  [data-reserve]::after {
    content: attr(data-reserve);
    white-space: pre;
    display: block;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
  }
  .icon {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .composer {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--_outline);
    border-radius: var(--_radius-inner);
  }
  .composer:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }
  .field {
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(4lh + 12px);
    padding-block: 6px;
    padding-inline: 10px 4px;
    resize: none;
    outline: none;
  }
  .field::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .round {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: calc(var(--_radius-inner) - 4px);
    color: var(--_muted);
  }

  /* A field smaller than 16 px makes iOS zoom the page in. */
  @media (pointer: coarse) {
    .field {
      font-size: max(16px, 1em);
    }
    .round {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (hover: hover) {
    button:hover:not(:disabled, [aria-disabled]) {
      box-shadow: inset 0 0 0 4em color-mix(in srgb, currentColor 8%, transparent);
    }
  }
`;
