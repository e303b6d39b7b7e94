import { css } from 'lit';

/**
 * Colours. All are mixed from the system colours for background and text, which follow `color-scheme`: the page decides
 * between light and dark. The visitor's preference alone must not decide, or a page that is only light would get a dark
 * card; and `light-dark()`, which says the same, is missing in Safari before 17.5.
 * The accent comes out as #0a6c74 on white and as #70d2da on black.
 */
export const themeStyles = css`
  :host {
    --_surface: var(--realtime-voice-surface, Canvas);
    --_on-surface: var(--realtime-voice-on-surface, color-mix(in srgb, CanvasText 91%, Canvas));
    --_accent: var(--realtime-voice-accent, color-mix(in srgb, #11b4c1 60%, CanvasText));
    --_on-accent: var(--realtime-voice-on-accent, Canvas);
    --_muted: var(--realtime-voice-muted, color-mix(in srgb, CanvasText 64%, Canvas));
    --_outline: var(--realtime-voice-outline, color-mix(in srgb, CanvasText 50%, Canvas));
    --_danger: var(--realtime-voice-danger, color-mix(in srgb, #ff362b 70%, CanvasText));
    --_radius: var(--realtime-voice-radius, 20px);
    --_radius-inner: calc(var(--_radius) * 0.7);
    --_hairline: color-mix(in srgb, var(--_on-surface) 11%, var(--_surface));
    --_tint: color-mix(in srgb, var(--_accent) 11%, var(--_surface));
  }
`;
