/** The service takes ids of up to 32 characters from clients. */
export function newItemId(): string {
  return `item_${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
}
