import { css } from 'lit';

/** Buttons and the text field. */
export const controlsStyles = css`
  .start,
  .call,
  .composer {
    margin-block-start: 14px;
  }
  .start,
  .call {
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .row > * {
    flex: 1 1 auto;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 8px 18px;
    border: 1.5px solid transparent;
    border-radius: var(--_radius-inner);
    background: var(--_tint);
    color: var(--_accent);
    font-weight: 600;
    line-height: 1.25;
  }
  .button.small,
  .skip {
    min-block-size: 40px;
    padding: 6px 14px;
  }
  .button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.end {
    border-color: currentColor;
    background: none;
    color: var(--_danger);
  }
  .notice .button:not(.primary) {
    border-color: var(--_outline);
    background: var(--_surface);
  }
  .button[aria-pressed='true'].quiet {
    border-color: currentColor;
    background: var(--_surface);
    color: var(--_on-surface);
  }
  .button.talk {
    min-block-size: 64px;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .button.talk[aria-pressed='true'] {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .skip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    padding: 2px 12px 2px 8px;
    border: 1px solid var(--_outline);
    border-radius: 99px;
    color: var(--_on-surface);
    font-size: 0.87em;
    font-weight: 600;
  }
  .link {
    min-block-size: 28px;
    color: var(--_accent);
    font-size: 0.87em;
    font-weight: 600;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
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
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
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
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .field {
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(4lh + 12px);
    margin: 0;
    padding: 6px 4px 6px 10px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    resize: none;
    outline: none;
  }
  .field::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .round {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: calc(var(--_radius-inner) - 4px);
    color: var(--_muted);
  }
  .round[data-ready] {
    background: var(--_accent);
    color: var(--_on-accent);
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
    .button:hover:not(:disabled) {
      background: var(--_tint-strong);
    }
    .button.primary:hover:not(:disabled) {
      background: color-mix(in srgb, var(--_accent) 88%, var(--_on-surface));
    }
    .button.end:hover,
    .button.end:active {
      background: var(--_danger-tint);
    }
  }
  @media (forced-colors: active) {
    .button,
    .round {
      border: 1.5px solid ButtonText;
    }
    .button.primary,
    .round[data-ready] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .composer:focus-within,
    .field:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
