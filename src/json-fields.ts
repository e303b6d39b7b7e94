import { toJson } from './json-text.js';

// Readers for JSON of other parties. A value of the wrong type reads as absent, so nothing here throws.

/** The fields of a JSON object, with values of any type. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = {};

/** The value if it is an object, otherwise an object without fields. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NONE;
}

/** The value if it is an array, otherwise an empty array. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first of the values that is a string. */
export function text(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

/** The value if it is a positive finite number, otherwise 0. */
export function count(value: unknown): number {
  return typeof value === 'number' && value > 0 && value < Infinity ? value : 0;
}

/** The same JSON with every occurrence of a secret in its strings blacked out. */
export function redacted<T>(value: T, secret: string | undefined): T {
  if (!secret) return value;
  const json = toJson(value) as string | undefined;
  return json?.includes(secret) ? (JSON.parse(json.replaceAll(secret, '***')) as T) : value;
}
