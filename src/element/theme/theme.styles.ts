import { css } from 'lit';

/**
 * Values of custom properties, which the other styles only use. What the page sets, as `--realtime-voice-…`, goes
 * before those of a theme: see named-themes.styles.ts.
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
`;
