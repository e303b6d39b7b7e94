import type { Row } from '../row.js';
import { table } from './results.js';

/** A table of figures, each with the limit that the project has set itself, if any. */
export function rowTable(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, limit }) => [
    name,
    `${value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 })} ${unit}`.trim(),
    limit === undefined ? '' : `${limit.toLocaleString('en')}: ${value <= limit ? 'met' : '**not met**'}`,
  ]);
  return table(['', 'measured', 'at most'], cells);
}
