import type { Item } from './item.js';

/**
 * The items of a conversation, by id and in order. The service reports them in another order than that of the
 * conversation: each item follows the one that it names. Items that name none, or an unknown one, stand in the
 * order of their arrival.
 */
export class ItemList implements Iterable<Item> {
  /** In the order of their arrival. */
  readonly #items = new Map<string, Item>();
  /** In the order of the conversation. */
  #order: Item[] = [];
  /** Every id that an item has named as the one before it. */
  readonly #named = new Set<string>();
  #hasCircle = false;

  /** Goes through the items in the order of the conversation. */
  [Symbol.iterator](): Iterator<Item> {
    return this.#order.values();
  }

  get last(): Item | undefined {
    return this.#order.at(-1);
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /** Returns whether it was sorted in. Otherwise the item is the last one. */
  add(item: Item): boolean {
    this.#items.set(item.id, item);
    this.#order.push(item);
    const staysLast = item.previousId === undefined && !this.#hasCircle && !this.#named.has(item.id);
    return !staysLast && this.#updateOrder(item);
  }

  /** The service has reported which item is before this one. Returns whether the items were sorted again. */
  setPrevious(item: Item, previousId: string | null): boolean {
    item.previousId = previousId;
    return this.#updateOrder(item);
  }

  /** Removes the items that match. Returns whether there were any. */
  remove(matches: (item: Item) => boolean): boolean {
    const removed = this.#order.filter(matches);
    for (const { id } of removed) this.#items.delete(id);
    if (removed.length > 0) this.#sort();
    return removed.length > 0;
  }

  /** Sorts, unless it is plain that the item is the last one. So most items cost the same in a long conversation. */
  #updateOrder(item: Item): boolean {
    if (item.previousId != null) this.#named.add(item.previousId);
    const followsLast = this.last === item && this.#order.at(-2)?.id === item.previousId;
    if (followsLast && !this.#named.has(item.id)) return false;
    this.#sort();
    return true;
  }

  #sort(): void {
    const order = inOrder(this.#items);
    this.#hasCircle = order.length < this.#items.size;
    if (this.#hasCircle) {
      // A circle has no first item: its items come last.
      const reached = new Set(order);
      for (const item of this.#items.values()) if (!reached.has(item)) order.push(item);
    }
    this.#order = order;
  }
}

/** Every item that can be reached from an item that follows none. */
function inOrder(items: ReadonlyMap<string, Item>): Item[] {
  const first: Item[] = [];
  const unplaced: Item[] = [];
  const followers = new Map<Item, Item[]>();
  for (const item of items.values()) {
    const previous = item.previousId == null ? undefined : items.get(item.previousId);
    const siblings = previous ? followers.get(previous) : item.previousId === null ? first : unplaced;
    if (siblings) siblings.push(item);
    else followers.set(previous!, [item]);
  }
  const order: Item[] = [];
  const waiting = [...first, ...unplaced].reverse();
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    order.push(item);
    // Of two items that follow the same one, the newer comes first, as at the service. It does not know unsent ones.
    const next = followers.get(item) ?? [];
    waiting.push(...next.sort((a, b) => Number(a.isUnsent) - Number(b.isUnsent)));
  }
  return order;
}
