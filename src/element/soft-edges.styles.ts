import { css } from 'lit';

/**
 * Where there is more beyond the edge of a scrolling box, its content fades out instead of being cut within a line. It
 * does so slowly at first: next to nothing is seen of a name that is half outside. The rule above the transcript stays.
 * A box that has the focus has a ring instead.
 */
export const softEdgesStyles = css`
  .scene,
  .log,
  .settings {
    --_above: 0px;
    --_below: 0px;
    scroll-padding-block: 32px;
  }
  [data-above] {
    --_above: 32px;
  }
  [data-below] {
    --_below: 32px;
  }
  /* A scroll bar that comes with a notice would move the state sideways. */
  @media (forced-colors: none) {
    .scene {
      scrollbar-width: none;
    }
  }
  @media screen {
    :is(.scene, .log, .settings):is([data-above], [data-below]):not(:focus-visible, [data-kind='transcription'] *) {
      --_faint: rgb(0 0 0 / 0.08);
      --_fade:
        #000 1px, transparent 1px, var(--_faint) calc(var(--_above) * 0.4), #000 var(--_above),
        #000 calc(100% - var(--_below)), var(--_faint) calc(100% - var(--_below) * 0.4), transparent;
      -webkit-mask-image: linear-gradient(var(--_fade));
      mask-image: linear-gradient(var(--_fade));
    }
  }
`;
