import { css } from './view-element.js';

/** Where the system's colours replace ours, what was told by a ground is told by a highlight or a border. */
export const forcedColorsStyles = css`
  @media (forced-colors: active) {
    :host {
      --_accent: CanvasText;
      --_muted: CanvasText;
    }
    .start,
    .talk,
    .accept,
    .remedy,
    .round[data-ready] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .launcher {
      border: 2px solid;
    }
  }
`;
