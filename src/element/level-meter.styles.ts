import { css } from 'lit';

/** The mark's shape for every state; motion only through `transform`. */
export const levelMeterStyles = css`
  .meter {
    display: grid;
  }
  .mark {
    --_up: 0;
    --_down: 0;
    inline-size: 92px;
    block-size: 100px;
    overflow: visible;
  }
  .mark path {
    fill: none;
    stroke: var(--_accent);
    stroke-width: 8px;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }
  .mark .core {
    stroke: var(--_surface);
    stroke-width: 4px;
  }

  /* A bar is as high as its level, or as its state's resting shape where that is higher. */
  .bar {
    transform: scaleY(calc(0.01 + max(var(--_rest), var(--_level, 0)) * var(--_weight)));
  }
  .up {
    --_rest: var(--_up);
    transform-origin: 0 44px;
  }
  .down {
    --_rest: var(--_down);
    transform-origin: 0 56px;
  }
  .b0,
  .b6 {
    --_weight: 0.24;
    --_delay: 0s;
  }
  .b1,
  .b5 {
    --_weight: 0.54;
    --_delay: 0.12s;
  }
  .b2,
  .b4 {
    --_weight: 0.82;
    --_delay: 0.24s;
  }
  .b3 {
    --_weight: 0.99;
    --_delay: 0.36s;
  }
  .b4 {
    --_delay: 0.48s;
  }
  .b5 {
    --_delay: 0.6s;
  }
  .b6 {
    --_delay: 0.72s;
  }
  .up.b0,
  .up.b6 {
    --_level: var(--u3, 0);
  }
  .up.b1,
  .up.b5 {
    --_level: var(--u2, 0);
  }
  .up.b2,
  .up.b4 {
    --_level: var(--u1, 0);
  }
  .up.b3 {
    --_level: var(--u0, 0);
  }
  .down.b0,
  .down.b6 {
    --_level: var(--d3, 0);
  }
  .down.b1,
  .down.b5 {
    --_level: var(--d2, 0);
  }
  .down.b2,
  .down.b4 {
    --_level: var(--d1, 0);
  }
  .down.b3 {
    --_level: var(--d0, 0);
  }

  [data-state='idle'] {
    --_up: 0.36;
    --_down: 0.36;
  }
  [data-state='listening'] {
    --_down: 0.4;
  }
  [data-state='speaking'] {
    --_up: 0.5;
  }
  [data-state='connecting'],
  [data-state='reconnecting'] {
    --_up: 0.16;
    --_down: 0.16;
  }
  [data-state='thinking'] .up.b3 {
    --_rest: 0.4;
  }
  [data-state='reconnecting'] .bar {
    opacity: 0.6;
  }
  [data-muted] {
    --_down: 0.1;
  }
  [data-state='failed'] path {
    stroke: var(--_muted);
  }
  [data-state='failed'] .core {
    stroke: var(--_surface);
  }

  .mark .strike {
    stroke: var(--_muted);
    stroke-width: 2px;
    visibility: hidden;
  }
  .mark .halo {
    stroke: var(--_surface);
    stroke-width: 7px;
  }
  [data-muted] .strike {
    visibility: visible;
  }

  @media (prefers-reduced-motion: no-preference) {
    [data-state='thinking'] .up {
      animation: rise 1.75s var(--_delay) infinite ease-in-out;
    }
    [data-state='connecting'] .bar,
    [data-state='reconnecting'] .bar {
      animation: sweep 2.1s var(--_delay) infinite ease-in-out;
    }
  }
  @keyframes rise {
    0%,
    30%,
    to {
      transform: scaleY(0.01);
    }
    15% {
      transform: scaleY(0.5);
    }
  }
  @keyframes sweep {
    0%,
    60%,
    to {
      transform: scaleY(0.03);
    }
    30% {
      transform: scaleY(0.4);
    }
  }
  @media (forced-colors: active) {
    .mark path,
    [data-state='failed'] path {
      stroke: CanvasText;
    }
    .mark .core,
    .mark .halo {
      stroke: Canvas;
    }
  }
`;
