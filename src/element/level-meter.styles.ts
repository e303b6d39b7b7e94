import { css, unsafeCSS } from 'lit';

/** A bar for each height that the meter writes. */
const bars = unsafeCSS(Array.from({ length: 14 }, (_, bar) => `.b${bar}{--_height:var(--b${bar},0)}`).join(''));

/** The mark. Its bars move by `transform` only. */
export const levelMeterStyles = css`
  .meter {
    display: grid;
  }
  .mark {
    inline-size: 92px;
    block-size: 96px;
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
  ${bars} .bar {
    transform: scaleY(max(var(--_height), 0.01));
  }
  .up {
    transform-origin: 0 44px;
  }
  .down {
    transform-origin: 0 56px;
  }
  [data-state='reconnecting'] .bar {
    opacity: 0.6;
  }
  [data-state='failed'] path:not(.core) {
    stroke: var(--_muted);
  }
  .mark .strike {
    stroke: var(--_on-surface);
    stroke-width: 2px;
    visibility: hidden;
  }
  [data-muted] .strike {
    visibility: visible;
  }
  @media (forced-colors: active) {
    .mark path:not(.core) {
      stroke: CanvasText !important;
    }
  }
`;
