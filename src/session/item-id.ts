/** The service takes ids of up to 32 characters from clients. */
export function newItemId(): string {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return `item_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
