/** What is told of many measurements of one thing. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  /** The quartiles: half of the measurements are between them. */
  readonly low: number;
  readonly high: number;
}

/** @throws {RangeError} without values */
export function summary(values: readonly number[]): Summary {
  const at = (share: number): number => quantile(values, share);
  return { count: values.length, median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * The value below which this share of the values is, between two of them in proportion.
 * @throws {RangeError} without values
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is no value.');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** By how much two positive numbers differ, as a share of the smaller one. */
export function difference(one: number, other: number): number {
  return Math.max(one, other) / Math.min(one, other) - 1;
}
