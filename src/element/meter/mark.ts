import { html, svg } from 'lit';

const COLUMNS = [0, 14, 28, 42, 56, 70, 84];
/** The fixed ends of the bars: half discs above the line, half rings below. Each reaches a little under its bar. */
const discs = COLUMNS.map((x) => `M${x} 41.5v.5a4 4 0 0 0 8 0v-.5z`).join('');
const rings = COLUMNS.map((x) => `M${x + 1} 54.5v-.5a3 3 0 0 1 6 0v.5`).join('');
const ends = svg`<path d=${discs} /><path class="rings" d=${rings} />`;
/** The bars of one half. */
const bars = html`<span class="bars"><i></i><i></i><i></i><i></i><i></i><i></i><i></i></span>`;

/**
 * The mark: seven bars mirrored about a line. The upper half, filled, is the assistant; the lower half, hollow, is the
 * visitor. Each bar always has its full length, and moves in and out behind its fixed end. So its ends are round at any
 * height, and to move it, the browser neither lays out nor paints. The element shows the mark in one place at a time.
 */
export const mark = html`<span class="mark" aria-hidden="true">
  <span class="drawing">
    <svg viewBox="0 0 92 96">${ends}</svg>
    ${bars}${bars}
    <span class="strike"></span>
  </span>
</span>`;
