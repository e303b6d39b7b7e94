import { html, svg, type SVGTemplateResult } from 'lit';

/** The bars of one half, numbered from `first`; `reach` is their full height and direction. */
function half(first: number, reach: number): SVGTemplateResult[] {
  return [0, 1, 2, 3, 4, 5, 6].map((column) => svg`<path class="b${first + column}" d="M${column * 14} 0v${reach}" />`);
}

/**
 * The mark: seven bars mirrored about a line. The upper half, filled, is the assistant; the lower half, hollow, is the
 * visitor. A hollow bar is a wide stroke with a narrow one of the background's colour on top: strokes keep their round
 * ends at any height, where a scaled border would be squashed. The element shows the mark in one place at a time.
 */
export const mark = html`<svg class="mark" viewBox="0 2 92 96" aria-hidden="true">
  <g class="up" transform="translate(4 44)">${half(0, -36)}</g>
  <g transform="translate(4 56)">
    ${half(7, 36)}
    <g class="core">${half(7, 36)}</g>
  </g>
  <path class="strike" d="M-6 56H98" />
</svg>`;
