import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const JOURNAL = 'test/report/faults.jsonl';
const TABLE = 'test/report/faults.md';

/** One fault that a test injected, and how the call took it. */
export interface FaultRow {
  readonly fault: string;
  /** Where and how it was injected. */
  readonly injected: string;
  readonly browser: string;
  /** The text that the visitor saw. */
  readonly seen: string;
  /** The event that the page received, and its code. */
  readonly told: string;
  /** What was not lost. */
  readonly kept: string;
  /** What restored the call, and how long it took if that was automatic. */
  readonly recovered: string;
}

/** Adds a row to the fault table, which the processes of all tests share. Call it after the assertions of a test. */
export function reportFault(row: FaultRow): void {
  mkdirSync(dirname(JOURNAL), { recursive: true });
  appendFileSync(JOURNAL, `${JSON.stringify(row)}\n`);
}

/** Deletes the fault table of an earlier run. */
export function beginFaultReport(): void {
  for (const file of [JOURNAL, TABLE]) rmSync(file, { force: true });
}

/** The faults of this run as a Markdown table, one row for each; empty if there were none. */
export function faultTable(): string {
  if (!existsSync(JOURNAL)) return '';
  const faults = new Map<string, FaultRow>();
  for (const line of readFileSync(JOURNAL, 'utf8').trim().split('\n')) {
    const row = JSON.parse(line) as FaultRow;
    const known = faults.get(row.fault);
    // The same fault in another browser is added to the same row.
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
