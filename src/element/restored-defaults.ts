import type { PropertyValues } from 'lit';
import { DEFAULTS, usable } from './options.js';
import { isVisitorFlag, type VisitorFlags } from './visitor-flags.js';

/** A property that was set to something that cannot be used gets its default. */
export function restoreDefaults(element: object, changed: PropertyValues, flags: VisitorFlags): void {
  const properties = element as Record<PropertyKey, unknown>;
  for (const name of Object.keys(DEFAULTS)) {
    if (!changed.has(name) || name === 'muted') continue;
    const value = properties[name];
    properties[name] = isVisitorFlag(name) ? flags.scriptSets(name, value) : usable(name, value);
  }
}
