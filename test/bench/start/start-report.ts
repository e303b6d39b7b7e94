import { barChart } from '../report/chart.js';
import { table } from '../report/results.js';
import { difference, summary, type Summary } from '../report/statistics.js';
import type { Contender } from './contender.js';
import type { Times } from './measure.js';

/** Two runs agree if no ratio differs by more than this share. */
const AGREEMENT = 0.1;
/** Times that differ by less than a frame of the screen are not told apart; in milliseconds. */
const FRAME = 17;

export type Titles = readonly Pick<Contender, 'name' | 'title' | 'ours'>[];

interface Row {
  readonly title: string;
  readonly ours: boolean;
  /** One for each run, in milliseconds. */
  readonly summaries: readonly Summary[];
  /** Of the medians, to the first row. */
  readonly ratios: readonly number[];
}

/** Tables of one or more runs, and what they say. */
export function startReport(contenders: Titles, runs: readonly Times[]): string {
  const rows = rowsOf(contenders, runs);
  const head = ['', ...runs.flatMap((_, index) => [`run ${index + 1}: median`, 'half of all', 'ratio'])];
  const lines = rows.map(({ title, ours, summaries, ratios }) => [
    ours ? `**${title}**` : title,
    ...summaries.flatMap((each, index) => [ms(each.median), spread(each), ratio(ratios[index]!)]),
  ]);
  return [table(head, lines), agreement(rows), notAhead(rows)].filter(Boolean).join('\n\n');
}

export function startChart(title: string, contenders: Titles, times: Times): string {
  const bars = rowsOf(contenders, [times]).map(({ title, ours, summaries: [each], ratios }) => ({
    label: title,
    ours,
    value: each!.median,
    low: each!.low,
    high: each!.high,
    note: `${ms(each!.median)} (${ratio(ratios[0]!)})`,
  }));
  return barChart(title, bars);
}

function rowsOf(contenders: Titles, runs: readonly Times[]): Row[] {
  const measured = contenders.filter(({ name }) => runs.every((times) => times[name]?.length));
  const summariesOf = ({ name }: Titles[number]): Summary[] => runs.map((times) => summary(times[name]!));
  const first = summariesOf(measured[0]!);
  return measured.map((contender) => {
    const summaries = summariesOf(contender);
    const ratios = summaries.map(({ median }, index) => median / first[index]!.median);
    return { title: contender.title, ours: contender.ours ?? false, summaries, ratios };
  });
}

function agreement(rows: readonly Row[]): string {
  const [first] = rows;
  if (first!.summaries.length < 2) return '';
  const ratioGap = ({ ratios: [one, other] }: Row): number => difference(one!, other!);
  const timeGap = ({ summaries: [one, other] }: Row): number => Math.abs(one!.median - other!.median);
  const isShort = (row: Row): boolean => ratioGap(row) > AGREEMENT && timeGap(row) < FRAME;
  const worst = Math.max(...rows.filter((row) => !isShort(row)).map(ratioGap));
  const limit = Math.round(100 * AGREEMENT);
  const verdict = worst <= AGREEMENT ? `within ${limit} %` : `**not** within ${limit} %`;
  const short = rows.filter(isShort).map((row) => `${row.title} (${ms(timeGap(row))})`);
  const apart = short.length ? ` Left out are times that differ by less than a frame: ${short.join(', ')}.` : '';
  return `The ratios of the two runs differ by at most ${Math.round(100 * worst)} %: ${verdict}.${apart}`;
}

/** A line for each way to start this element that another contender beats, by the median of any run. */
function notAhead(rows: readonly Row[]): string {
  const lines = rows
    .filter(({ ours }) => ours)
    .flatMap((mine) =>
      rows
        .filter(({ ours }) => !ours)
        .flatMap((other) => {
          const behind = mine.summaries.map(({ median }, index) => median - other.summaries[index]!.median);
          if (Math.max(...behind) <= 0) return [];
          const times = behind.map((by) => (by > 0 ? `${ms(by)} behind` : `${ms(-by)} ahead`));
          return [`- ${mine.title}: ${times.join(' and ')}, compared with ${other.title}.`];
        }),
    );
  if (lines.length === 0) return 'Where this element is not ahead: nowhere in these runs.';
  return `Where this element is not ahead:\n\n${lines.join('\n')}`;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

function spread({ low, high }: Summary): string {
  return `${Math.round(low)}–${Math.round(high)}`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}
