/** What the other side may send instead of what it promised: anything that JSON can carry. */
export const SPOILED: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e15,
  '',
  ' ',
  'null',
  'x'.repeat(20_000),
  '\ud83d\u0000\uffff',
  [],
  [[]],
  [null],
  {},
  { id: 7 },
  { type: null },
  { type: 'message', content: 5 },
  [{ type: 'text', text: ['deep'] }],
];

type Path = readonly (string | number)[];

/** The path of every field in a value, at every depth. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

/** A copy in which the field at the path is another one; `undefined` leaves it out. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  const old = (copy as Record<string, unknown>)[key!];
  (copy as Record<string, unknown>)[key!] = rest.length > 0 ? replaced(old, rest, by) : by;
  return copy;
}
