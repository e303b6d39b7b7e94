import { css } from 'lit';

/** With forced colours, a highlight or a border shows what a background showed. */
export const forcedColorsStyles = css`
  @media (forced-colors: active) {
    :host {
      --_on-surface: CanvasText;
      --_accent: CanvasText;
      --_muted: CanvasText;
      --_edge: 1px solid;
    }
    .start,
    .talk,
    .accept,
    .remedy,
    .round[data-ready],
    .gear[aria-expanded='true'],
    .launcher {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .launcher {
      border: 2px solid;
    }
    /* Words that scroll out fade away. A line in full contrast would look as if they ended there. */
    .log[data-above] {
      padding-block-start: 11px;
      border-block-start-style: none;
    }
    /* The browser would show the words that are to come as if they were selected. */
    .words {
      forced-color-adjust: none;
      color: CanvasText;
    }
    .words a {
      color: LinkText;
    }
    ::highlight(realtime-voice-to-come) {
      background: Canvas;
      color: GrayText;
    }
  }
`;
