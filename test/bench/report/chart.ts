import { escapeText } from './escape-text.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The ends of the line that shows the spread. */
  readonly low: number;
  readonly high: number;
  /** Written behind the bar. */
  readonly note: string;
  /** It is drawn in the strong colour. */
  readonly ours?: boolean;
}

const WIDTH = 720;
const LABELS = 250;
const NOTES = 130;
const ROW = 30;
const TOP = 44;

/** Colours that can be read on a light and on a dark page. An image has no colours of the page it is in. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:14px}
.bar{fill:#8c959f}.ours{fill:#1f6feb}.spread{stroke:#1f2328;stroke-width:1.5}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#388bfd}.spread{stroke:#e6edf3}}`;

/** A picture of horizontal bars, one below the other, each with its spread. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ value, high }) => Math.max(value, high)));
  const scale = (value: number): number => round((value / largest) * (WIDTH - LABELS - NOTES));
  const rows = bars.map((bar, index) => row(bar, TOP + index * ROW, scale)).join('\n');
  const height = TOP + bars.length * ROW + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"
 role="img" aria-label="${escapeText(title)}">
<style>${STYLE}</style>
<text class="title" x="8" y="24">${escapeText(title)}</text>
${rows}
</svg>
`;
}

function row({ label, value, low, high, note, ours }: Bar, top: number, scale: (value: number) => number): string {
  const middle = top + 10;
  const [from, to] = [LABELS + scale(low), LABELS + scale(high)];
  const end = LABELS + scale(Math.max(value, high));
  return `<text x="${LABELS - 10}" y="${top + 15}" text-anchor="end">${escapeText(label)}</text>
<rect class="${ours ? 'ours' : 'bar'}" x="${LABELS}" y="${top}" width="${scale(value)}" height="20" rx="2"/>
<path class="spread" fill="none" d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8"/>
<text x="${end + 8}" y="${top + 15}">${escapeText(note)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
