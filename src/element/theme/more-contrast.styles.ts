import { css } from 'lit';

/** For visitors who want more contrast: text and lines in the colour of the text, and a line around each area. */
export const moreContrastStyles = css`
  @media (prefers-contrast: more) {
    :host {
      --_on-surface: var(--realtime-voice-on-surface, CanvasText);
      --_accent: var(--realtime-voice-accent, color-mix(in srgb, #11b4c1 40%, CanvasText));
      --_danger: var(--realtime-voice-danger, color-mix(in srgb, #ff362b 50%, CanvasText));
      --_muted: var(--_on-surface);
      --_outline: var(--_on-surface);
      --_hairline: var(--_on-surface);
      --_edge: 1px solid var(--_on-surface);
    }
    .button,
    .button.handover,
    .notice,
    .settings,
    .pop,
    .launcher {
      border: 2px solid var(--_outline);
    }
    .end,
    .notice.danger {
      border-color: var(--_danger);
    }
    button:disabled,
    button[aria-disabled] {
      border-style: dashed;
      opacity: 0.75;
    }
  }
`;
