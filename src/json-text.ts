/**
 * Writes JSON as the browser's own `JSON.stringify` does. Prototype.js before 1.7 gives arrays and strings a `toJSON`
 * that turns them into something else, so theirs is not used.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, withoutForeignToJson, indent);
}

function withoutForeignToJson(this: Record<string, unknown>, key: string, converted: unknown): unknown {
  const original = this[key];
  return typeof original === 'string' || Array.isArray(original) ? original : converted;
}
