import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const JOURNAL = 'test/report/faults.jsonl';
const TABLE = 'test/report/faults.md';

/** One thing that went wrong in a test, and what became of the call. */
export interface FaultRow {
  readonly fault: string;
  /** Where and by what means it was brought about. */
  readonly injected: string;
  readonly browser: string;
  /** The words that the visitor read. */
  readonly seen: string;
  /** The event that the page got, and its code. */
  readonly told: string;
  readonly kept: string;
  /** What brought the call back, and after how long where it came back by itself. */
  readonly recovered: string;
}

/** Written down as it happens: tests run in processes of their own. Call it when the test has shown what it says. */
export function reportFault(row: FaultRow): void {
  mkdirSync(dirname(JOURNAL), { recursive: true });
  appendFileSync(JOURNAL, `${JSON.stringify(row)}\n`);
}

/** Forgets the faults of an earlier run. */
export function beginFaultReport(): void {
  for (const file of [JOURNAL, TABLE]) rmSync(file, { force: true });
}

/** The faults of this run as a table, a row for each; empty when there were none. */
export function faultTable(): string {
  if (!existsSync(JOURNAL)) return '';
  const faults = new Map<string, FaultRow>();
  for (const line of readFileSync(JOURNAL, 'utf8').trim().split('\n')) {
    const row = JSON.parse(line) as FaultRow;
    const known = faults.get(row.fault);
    // The same fault in another browser adds what it took there.
    const both = known && known.browser !== row.browser;
    faults.set(
      row.fault,
      both
        ? { ...known, browser: `${known.browser}, ${row.browser}`, recovered: joined(known.recovered, row.recovered) }
        : row,
    );
  }
  const cells = (row: FaultRow): string[] => [
    row.fault,
    row.injected,
    row.browser,
    row.seen,
    row.told,
    row.kept,
    row.recovered,
  ];
  const head = ['fault', 'injected', 'browser', 'seen by the visitor', 'told to the page', 'kept', 'recovered'];
  const lines = [head, head.map(() => '---'), ...[...faults.values()].map(cells)].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  const table = `${faults.size} faults\n\n${lines.join('\n')}\n`;
  writeFileSync(TABLE, table);
  return table;
}

function joined(one: string, other: string): string {
  return one === other ? one : `${one}; ${other}`;
}
