import { css, unsafeCSS } from 'lit';

/** One rule per bar: the meter writes its height into a custom property. */
const barRules = [...Array(14).keys()].map((bar) => `.b${bar}{transform:scaleY(var(--b${bar}))}`);

/** The mark. Its bars move by `transform` only. */
export const levelMeterStyles = css`
  .mark {
    --_width: 92px;
    display: block;
    inline-size: var(--_width);
    overflow: visible;
    stroke: var(--_accent);
    stroke-width: calc(var(--_width) / 11.5);
    stroke-linecap: round;
  }
  .pill .mark,
  .launcher .mark {
    --_width: 40px;
  }
  .mark path {
    vector-effect: non-scaling-stroke;
  }
  ${unsafeCSS(barRules.join(''))}
  .core {
    stroke: var(--_surface);
    stroke-width: calc(var(--_width) / 23);
  }
  .strike {
    stroke: var(--_on-surface);
    stroke-width: 2px;
  }
  :host(:not([muted])) .strike {
    display: none;
  }
  :host([state='reconnecting']) .mark {
    opacity: 0.6;
  }
  :host([state='failed']) .mark {
    stroke: var(--_muted);
  }
`;
