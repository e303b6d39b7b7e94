import type { Plain } from './plain-copy.js';

/** A value as lines of text: a line for each field, indented by level. */
export function textTree(value: Plain): string {
  return branch(value, '').join('\n');
}

function branch(value: Plain, indent: string): string[] {
  if (typeof value !== 'object' || value === null) return [indent + word(value)];
  return Object.entries(value).flatMap(([name, field]) => {
    const isBranch = typeof field === 'object' && field !== null && Object.keys(field).length > 0;
    if (isBranch) return [`${indent}${name}:`, ...branch(field, `${indent}  `)];
    return [`${indent}${name}: ${word(field)}`];
  });
}

function word(value: Plain): string {
  if (Array.isArray(value)) return 'empty list';
  return typeof value === 'object' && value !== null ? 'no fields' : String(value);
}
