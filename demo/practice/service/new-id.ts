import { randomBytes } from 'node:crypto';

/** @param prefix says what the id belongs to, as in `item_…` */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}
