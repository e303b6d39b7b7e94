/** New in its conversation. The service takes ids of up to 32 characters from clients. */
export function newItemId(): string {
  return `item_${Math.random().toString(36).slice(2)}`;
}
