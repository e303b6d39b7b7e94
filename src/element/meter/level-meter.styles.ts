import { css } from 'lit';

/** The mark. It is drawn in one size and scaled, so that its parts fit together at any size. */
export const levelMeterStyles = css`
  .mark {
    --_scale: 1;
    display: block;
    flex: none;
    inline-size: calc(92px * var(--_scale));
    block-size: calc(96px * var(--_scale));
    color: var(--_accent);
    direction: ltr;
    forced-color-adjust: none;
  }
  /* Small, it has five bars instead of seven, which are thicker. */
  .pill .mark,
  .launcher .mark {
    --_scale: calc(40 / 70);
    inline-size: calc(70px * var(--_scale));
    margin-block: -6px;
  }
  .pill .drawing,
  .launcher .drawing {
    translate: calc(-11px * var(--_scale)) var(--_shift, 0);
    clip-path: inset(0 11px);
  }
  /* One half is higher than the other; the mark as a whole is in the middle. */
  :host([state='listening']) :is(.pill, .launcher) {
    --_shift: -6px;
  }
  :host(:is([state='thinking'], [state='speaking'])) :is(.pill, .launcher) {
    --_shift: 6px;
  }
  .drawing {
    display: block;
    position: relative;
    inline-size: 92px;
    block-size: 96px;
    transform: scale(var(--_scale));
    transform-origin: 0 0;
  }
  .mark svg,
  .bars,
  .strike {
    position: absolute;
    inset: 0;
  }
  .mark svg {
    fill: currentColor;
  }
  .rings {
    fill: none;
    stroke: currentColor;
    stroke-width: 2px;
  }
  .bars {
    inset-block-end: 54px;
    display: flex;
    justify-content: space-between;
    overflow: clip;
  }
  .bars + .bars {
    inset-block: 54px 0;
    transform: scaleY(-1);
  }
  .bars i {
    inline-size: 8px;
    block-size: 44px;
    margin-block-start: 2px;
    border: 2px solid;
    border-radius: 4px;
    background: currentColor;
  }
  .bars + .bars i {
    background: none;
  }
  /* A call moves them: each is a layer then, so that nothing is painted again. */
  :host(:not([state='idle'], [state='failed'])) .bars i {
    will-change: transform;
  }
  .strike {
    inset: 54px -4px auto;
    border-block-end: calc(2px / var(--_scale)) solid var(--_on-surface);
    translate: 0 -50%;
  }
  :host(:not([muted])) .strike,
  :host([state='idle']) .strike,
  :host([state='failed']) .strike {
    display: none;
  }
  :host([state='reconnecting']) .mark {
    opacity: 0.6;
  }
  :host([state='failed']) .mark {
    color: var(--_muted);
  }
`;
