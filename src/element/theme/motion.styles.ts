import { css } from 'lit';

/**
 * What appears does so softly, in opacity and place only: nothing is laid out for it, and nothing waits for it. A card
 * that is drawn for the first time is there at once.
 */
export const motionStyles = css`
  @media (prefers-reduced-motion: no-preference) {
    .drawer,
    .nudge,
    .settings,
    .notice,
    :host(:not([state='idle'])) .word > span,
    .launcher > .icon {
      animation: appear 160ms ease-out;
    }
    .drawer,
    .nudge {
      --_from: 8px;
    }
    .dock[data-placement^='top'] > * {
      --_from: -8px;
    }
    .pill .drawing,
    .launcher .drawing {
      transition: translate 160ms ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
        transform: translateY(var(--_from, 0));
      }
    }
    /* The sheet comes from the edge of the window. */
    @media (max-width: 480px) and (min-height: 481px) {
      .dock .drawer.drawer {
        --_from: 40px;
      }
    }
  }
`;
