/** Makes a random id for a client event or item. The service accepts up to 32 characters. */
export function newItemId(): string {
  return `item_${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
}
