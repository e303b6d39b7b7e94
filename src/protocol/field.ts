/** Readers of fields whose shape the other side promised but may not keep: a wrong shape reads as absent. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = {};

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NONE;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function count(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < Infinity ? value : 0;
}
