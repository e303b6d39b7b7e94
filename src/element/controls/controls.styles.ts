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
  /* The icon goes with the first word, also where the words need two lines. */
  .card:not(.pill) .call > .mute {
    display: block;
  }
  .card:not(.pill) .mute .icon {
    margin-block: -4px;
    margin-inline-end: 8px;
    vertical-align: middle;
  }
  /* Its words are never broken: it is as wide as they are. */
  .call > .end {
    flex: none;
    min-inline-size: 28%;
    overflow-wrap: normal;
  }
  .call > .end:only-child {
    flex: 1;
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
  [data-reserve]::after {
    content: attr(data-reserve);
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
    --_target: 36px;
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
    max-block-size: calc(3lh + var(--_target));
    /* One line is as high as the button, so that both are on one axis in any font. Rounded up, it is no higher. */
    padding-block: calc((var(--_target) - 1lh) / 2 - 0.1px);
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
    inline-size: var(--_target);
    block-size: var(--_target);
    border-radius: calc(var(--_radius-inner) - 4px);
    color: var(--_muted);
  }

  /* A field smaller than 16 px makes iOS zoom the page in. */
  @media (pointer: coarse) {
    .field {
      font-size: max(16px, 1em);
    }
    .composer {
      --_target: 44px;
    }
  }
  @media (hover: hover) {
    button:hover:not(:disabled, [aria-disabled]) {
      box-shadow: inset 0 0 0 4em color-mix(in srgb, currentColor 8%, transparent);
    }
  }
`;
