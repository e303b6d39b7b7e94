import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Item } from '../../../src/session/record/item.js';
import { ItemList } from '../../../src/session/record/item-list.js';
import { seededRandom } from '../../support/seeded-random.js';

/** A failure is repeated with the seed that it prints: FUZZ_SEED=… */
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const LISTS = 400;
const STEPS = 60;

/** The order by definition, from the items in the order of their arrival. */
function order(items: readonly Item[]): string[] {
  const ids = new Set(items.map(({ id }) => id));
  const followers = (id: string | null | undefined): Item[] =>
    items.filter(({ previousId }) => (previousId != null && !ids.has(previousId) ? undefined : previousId) === id);
  const ordered: string[] = [];
  const visit = (item: Item): void => {
    ordered.push(item.id);
    followers(item.id).reverse().forEach(visit);
  };
  [...followers(null), ...followers(undefined)].forEach(visit);
  return [...ordered, ...items.map(({ id }) => id).filter((id) => !ordered.includes(id))];
}

const ids = (items: Iterable<Item>): string[] => [...items].map(({ id }) => id);

/** Adds, moves and removes items by chance, mostly in the way in which services report them. */
function play(seed: number): void {
  const chance = seededRandom(seed);
  const list = new ItemList();
  let arrived: Item[] = [];
  const anyId = (): string => `item_${Math.floor(chance() * 12)}`;
  const previous = (): string | null | undefined => {
    const kind = chance();
    if (kind < 0.4) return ids(list).at(-1) ?? null;
    return kind < 0.6 ? undefined : kind < 0.7 ? null : anyId();
  };
  for (let step = 0; step < STEPS; step += 1) {
    const id = anyId();
    const known = list.get(id);
    const previousId = previous();
    if (!known) {
      const item = new Item(id, undefined);
      item.previousId = previousId;
      list.add(item);
      arrived.push(item);
    } else if (chance() < 0.2) {
      assert.equal(
        list.remove((item) => item === known),
        true,
      );
      arrived = arrived.filter((item) => item !== known);
    } else if (previousId !== undefined) {
      list.setPrevious(known, previousId);
    }
    assert.deepEqual(ids(list), order(arrived), `FUZZ_SEED=${SEED}: list ${seed}, step ${step}`);
  }
}

it('whatever is added, moved and removed, the order is that of its definition', () => {
  for (let list = 0; list < LISTS; list += 1) play((SEED + list) >>> 0);
});

it('nothing is removed when nothing matches', () => {
  const list = new ItemList();
  list.add(new Item('a', undefined));
  assert.equal(
    list.remove(({ id }) => id === 'b'),
    false,
  );
  assert.deepEqual(ids(list), ['a']);
});

it('a circle of items comes last, and is no endless one', () => {
  const list = new ItemList();
  for (const [id, previousId] of [
    ['a', 'b'],
    ['b', 'a'],
    ['c', undefined],
  ] as const) {
    const item = new Item(id, undefined);
    item.previousId = previousId;
    list.add(item);
  }
  assert.deepEqual(ids(list), ['c', 'a', 'b']);
});
