import { css } from 'lit';

/**
 * Where there is more beyond the edge of a scrolling box, its content fades out instead of being cut within a line. The
 * rule above the transcript stays. A box that has the focus has a ring instead.
 */
export const softEdgesStyles = css`
  .scene,
  .log {
    --_above: 0px;
    --_below: 0px;
    scroll-padding-block: 26px;
  }
  [data-above] {
    --_above: 24px;
  }
  [data-below] {
    --_below: 24px;
  }
  @media screen and (forced-colors: none) {
    /* A scroll bar that comes with a notice would move the state sideways. */
    .scene {
      scrollbar-width: none;
    }
    :is(.scene, .log):is([data-above], [data-below]):not(:focus-visible, [data-kind='transcription'] *) {
      --_fade: #000 1px, transparent 1px, #000 var(--_above), #000 calc(100% - var(--_below)), transparent;
      -webkit-mask-image: linear-gradient(var(--_fade));
      mask-image: linear-gradient(var(--_fade));
    }
  }
`;
