import { DerivedKey } from './derived-key.js';
import { withinDeadline } from './hook-deadline.js';
import type { HandlerOptions } from './options.js';

/** Finds the value of `OpenAI-Safety-Identifier` for a request; undefined sends none. */
export type SafetyIdentifier = (request: Request, address: string | undefined) => Promise<string | undefined>;

export function createSafetyIdentifier(option: HandlerOptions['safetyIdentifier'], secret: string): SafetyIdentifier {
  if (option === false) return async () => undefined;
  if (option === undefined) return hashOfAddress(secret);
  return async (request) => {
    const value: unknown =
      typeof option === 'function' ? await withinDeadline('safetyIdentifier', () => option(request)) : option;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw new TypeError('safetyIdentifier must return a string or undefined.');
    return value;
  };
}

/** The service learns that two calls have the same visitor, but not who that is. */
function hashOfAddress(secret: string): SafetyIdentifier {
  const key = new DerivedKey(secret, 'safety identifier');
  return async (_request, address) => (address === undefined ? undefined : key.sign(address));
}
