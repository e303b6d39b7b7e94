/** Readers of fields whose shape the other side promised but may not keep: a wrong shape reads as absent. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = {};

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NONE;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of these that is a text. */
export function text(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

export function count(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < Infinity ? value : 0;
}
