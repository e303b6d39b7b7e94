import { css } from 'lit';

/** The themes: other values of the custom properties of theme.styles.ts, and nothing else. */
export const namedThemesStyles = css`
  /* Lines instead of areas, close together: part of any page. */
  :host(:where([theme='plain'])) {
    --_round: 6px;
    --_tint: color-mix(in srgb, var(--_on-surface) 5%, var(--_surface));
    --_edge: 1px solid color-mix(in srgb, var(--_on-surface) 26%, var(--_surface));
    --_shadow: none;
    --_gap: 10px;
    --_padding: 1em;
    --_button: none;
    --_button-edge: 1px solid var(--_outline);
  }
  /* Areas instead of lines, round and far apart. */
  :host(:where([theme='soft'])) {
    --_round: 30px;
    --_paper: color-mix(in srgb, var(--_accent) 7%, Canvas);
    --_radius-inner: calc(var(--_radius) * 0.8);
    --_grey: 70%;
    --_alarm: 65%;
    --_tint: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    --_edge: 0px solid;
    --_shadow: 0 24px 56px -20px rgb(0 0 0 / 0.4), 0 2px 8px rgb(0 0 0 / 0.08);
    --_padding: 1.4em;
  }
  /* At least 7:1, and a line around everything. */
  :host(:where([theme='contrast'])) {
    --_round: 0px;
    --_text: 100%;
    --_grey: 100%;
    --_line: 100%;
    --_vivid: 40%;
    --_alarm: 50%;
    --_hairline: var(--_on-surface);
    --_tint: var(--_surface);
    --_ink: var(--_on-surface);
    --_edge: 3px solid var(--_on-surface);
    --_shadow: none;
    --_button-edge: 2px solid var(--_on-surface);
  }
  /* Without its effect it is a card of its own shape. Its colours can be read whatever is behind it. */
  :host(:where([theme='glass'])) {
    --_round: 24px;
    --_radius-inner: calc(var(--_radius) * 0.55);
    --_text: 100%;
    --_grey: 84%;
    --_vivid: 50%;
    --_alarm: 46%;
    --_tint: color-mix(in srgb, var(--_on-surface) 9%, var(--_surface));
    --_edge: 1px solid color-mix(in srgb, var(--_surface) 60%, transparent);
    --_shadow: 0 18px 48px -12px rgb(0 0 0 / 0.45), inset 0 1px color-mix(in srgb, white 35%, transparent);
    --_button: color-mix(in srgb, var(--_surface) 60%, transparent);
    --_base: none;
    --_stick: static;
    --_button-edge: 1px solid color-mix(in srgb, var(--_on-surface) 22%, transparent);
  }
  @supports (backdrop-filter: blur(1px)) or (-webkit-backdrop-filter: blur(1px)) {
    :host(:where([theme='glass'])) {
      --_pane: color-mix(in srgb, var(--_surface) 82%, transparent);
      --_filter: blur(18px) saturate(1.7);
    }
  }
  @media (prefers-reduced-transparency: reduce), (prefers-contrast: more), (forced-colors: active) {
    :host {
      --_pane: var(--_surface);
      --_filter: none;
    }
  }
`;
