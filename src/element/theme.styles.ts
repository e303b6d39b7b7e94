import { css } from 'lit';

/**
 * Values of custom properties, for the element and for each theme; the other styles only use them. What the page sets,
 * as `--realtime-voice-…`, goes before a theme.
 *
 * Colours are mixed from the system colours for background and text, which follow `color-scheme`: the page decides
 * between light and dark. The visitor's preference alone must not decide, or a page that is only light would get a dark
 * card; and `light-dark()`, which says the same, is missing in Safari before 17.5.
 * The accent comes out as #0a6c74 on white and as #70d2da on black.
 */
export const themeStyles = css`
  :host {
    --_paper: Canvas;
    --_text: 91%;
    --_vivid: 60%;
    --_grey: 64%;
    --_line: 50%;
    --_alarm: 70%;
    --_round: 20px;
    --_surface: var(--realtime-voice-surface, var(--_paper));
    --_on-surface: var(--realtime-voice-on-surface, color-mix(in srgb, CanvasText var(--_text), Canvas));
    --_accent: var(--realtime-voice-accent, color-mix(in srgb, #11b4c1 var(--_vivid), CanvasText));
    --_on-accent: var(--realtime-voice-on-accent, var(--_readable));
    --_muted: var(--realtime-voice-muted, color-mix(in srgb, CanvasText var(--_grey), Canvas));
    --_outline: var(--realtime-voice-outline, color-mix(in srgb, CanvasText var(--_line), Canvas));
    --_danger: var(--realtime-voice-danger, color-mix(in srgb, #ff362b var(--_alarm), CanvasText));
    --_radius: var(--realtime-voice-radius, var(--_round));
    --_radius-inner: calc(var(--_radius) * 0.7);
    --_hairline: color-mix(in srgb, var(--_on-surface) 11%, var(--_surface));
    --_tint: color-mix(in srgb, var(--_accent) 11%, var(--_surface));
    /* Whatever the accent is, words in it can be read on the surface and on the tint. */
    --_ink: color-mix(in srgb, var(--_accent) 40%, var(--_on-surface));
    --_readable: Canvas;
    --_pane: var(--_surface);
    --_base: var(--_surface);
    --_edge: 1px solid var(--_hairline);
    --_shadow: 0 10px 32px -12px rgb(0 0 0 / 0.25);
    --_gap: 14px;
    --_padding: 1.2em;
    --_button: var(--_tint);
    --_button-edge: 1.5px solid transparent;
    --_field: none;
    --_filter: none;
    --_stick: sticky;
  }
  /* White or black, by the luminance of the accent: at 0.179 both have the same contrast. Large values mean white. */
  @supports (color: color(from color-mix(in srgb, red, CanvasText) xyz calc(1 - y) y y)) {
    :host {
      --_white: clamp(0, (0.179 - y) * 1e6, 2);
      --_readable: color(from var(--_accent) xyz var(--_white) var(--_white) var(--_white));
    }
  }

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
    --_field: var(--_button);
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
