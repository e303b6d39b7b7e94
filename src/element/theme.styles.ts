import { css } from 'lit';

/**
 * Colours. They follow `color-scheme`, the page's own word on light and dark, and not the visitor's preference alone:
 * a page that is light only must not get a dark card. `light-dark()` says exactly that; Safari before 17.5 lacks it
 * and mixes from the system colours, which follow `color-scheme` as well.
 */
export const themeStyles = css`
  :host {
    --_accent: var(--realtime-voice-accent, var(--_default-accent));
    --_on-accent: var(--realtime-voice-on-accent, var(--_default-on-accent));
    --_surface: var(--realtime-voice-surface, var(--_default-surface));
    --_on-surface: var(--realtime-voice-on-surface, var(--_default-on-surface));
    --_muted: var(--realtime-voice-muted, var(--_default-muted));
    --_outline: var(--realtime-voice-outline, var(--_default-outline));
    --_danger: var(--realtime-voice-danger, var(--_default-danger));
    --_radius: var(--realtime-voice-radius, 20px);
    --_radius-inner: calc(var(--_radius) * 0.7);
    --_hairline: color-mix(in srgb, var(--_on-surface) 11%, var(--_surface));
    --_tint: color-mix(in srgb, var(--_accent) 11%, var(--_surface));
    --_tint-strong: color-mix(in srgb, var(--_accent) 18%, var(--_surface));
    --_danger-tint: color-mix(in srgb, var(--_danger) 9%, var(--_surface));

    --_default-surface: Canvas;
    --_default-on-surface: CanvasText;
    --_default-accent: color-mix(in srgb, #38a3aa 60%, CanvasText);
    --_default-on-accent: Canvas;
    --_default-muted: color-mix(in srgb, CanvasText 66%, Canvas);
    --_default-outline: color-mix(in srgb, CanvasText 50%, Canvas);
    --_default-danger: color-mix(in srgb, #d93025 66%, CanvasText);
  }
  @supports (color: light-dark(red, red)) {
    :host {
      --_default-surface: light-dark(#fff, #15181b);
      --_default-on-surface: light-dark(#16181d, #e9ecef);
      --_default-accent: light-dark(#0a6c74, #6fd3d8);
      --_default-on-accent: light-dark(#fff, #00363a);
      --_default-muted: light-dark(#59616c, #a2abb5);
      --_default-outline: light-dark(#848b95, #7b848e);
      --_default-danger: light-dark(#b3261e, #ffb4ab);
    }
  }
  @media (forced-colors: active) {
    :host {
      --_accent: LinkText;
      --_on-accent: Canvas;
      --_surface: Canvas;
      --_on-surface: CanvasText;
      --_muted: CanvasText;
      --_outline: CanvasText;
      --_danger: CanvasText;
      --_hairline: CanvasText;
      --_tint: Canvas;
      --_tint-strong: Canvas;
      --_danger-tint: Canvas;
    }
  }
`;
