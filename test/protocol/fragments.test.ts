import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Fragments } from '../../src/protocol/fragments.js';
import { SPOILED } from './spoiled.js';

const EVENT = { type: 'response.output_text.done', text: 'Grüß Gott 🌞', item_id: 'item_1' };
const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64');
const part = (data: unknown, fragment_index: unknown, total_fragments: unknown, id: unknown = 'm1') => ({
  type: 'partial_message',
  id,
  data,
  fragment_index,
  total_fragments,
});

/** The event cut in pieces of `size` bytes, each in base64 by itself, or in pieces of the base64 of the whole. */
const PIECES = {
  'each encoded by itself': (size: number) => {
    const bytes = Buffer.from(JSON.stringify(EVENT));
    return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      base64(bytes.subarray(i * size, (i + 1) * size)),
    );
  },
  'cut from the whole': (size: number) => base64(JSON.stringify(EVENT)).match(new RegExp(`.{1,${size}}`, 'g'))!,
};

const unwrap = (fragments: Fragments, event: unknown) => fragments.read(JSON.stringify(event));

describe('fragments', () => {
  it('do not change events that are not wrapped', () => {
    assert.deepEqual(unwrap(new Fragments(), EVENT), EVENT);
  });

  it('are unwrapped from a whole message', () => {
    assert.deepEqual(
      unwrap(new Fragments(), { type: 'full_message', id: 'm1', data: base64(JSON.stringify(EVENT)) }),
      EVENT,
    );
  });

  for (const [how, pieces] of Object.entries(PIECES)) {
    for (const size of [1, 7, 20, 900]) {
      it(`join pieces of ${size}, ${how}, in any order`, () => {
        const data = pieces(size);
        for (const order of [[...data.keys()], [...data.keys()].reverse()]) {
          const fragments = new Fragments();
          const results = order.map((index) => unwrap(fragments, part(data[index], index, data.length)));
          assert.deepEqual(results.pop(), EVENT);
          assert.deepEqual(
            results,
            results.map(() => undefined),
          );
        }
      });
    }
  }

  it('of several messages are kept apart, and may come twice', () => {
    const [a, b] = ['{"type":"a"}', '{"type":"b"}'].map((json) => base64(json).match(/.{1,8}/g)!);
    const fragments = new Fragments();
    assert.equal(unwrap(fragments, part(a![0], 0, 2, 'a')), undefined);
    assert.equal(unwrap(fragments, part(b![0], 0, 2, 'b')), undefined);
    assert.equal(unwrap(fragments, part(a![0], 0, 2, 'a')), undefined);
    assert.deepEqual(unwrap(fragments, part(b![1], 1, 2, 'b')), { type: 'b' });
    assert.deepEqual(unwrap(fragments, part(a![1], 1, 2, 'a')), { type: 'a' });
  });

  it('of the oldest message are dropped when too many messages stay incomplete', () => {
    const [first, second] = base64('{"type":"a"}').match(/.{1,8}/g)!;
    const fragments = new Fragments();
    unwrap(fragments, part(first, 0, 2, 'old'));
    for (let i = 0; i < 16; i += 1) unwrap(fragments, part(first, 0, 2, `m${i}`));
    assert.equal(unwrap(fragments, part(second, 1, 2, 'old')), undefined);
    assert.deepEqual(unwrap(fragments, part(second, 1, 2, 'm15')), { type: 'a' });
  });

  it('that are no event are ignored', () => {
    const fragments = new Fragments();
    for (const data of [
      '',
      '!',
      base64('not JSON'),
      base64('{}'),
      base64('{"type":7}'),
      base64('null'),
      base64(Buffer.from([0xff, 0xfe])),
    ]) {
      assert.equal(unwrap(fragments, { type: 'full_message', data }), undefined, data);
      assert.equal(unwrap(fragments, part(data, 0, 1)), undefined, data);
    }
    for (const junk of SPOILED) {
      assert.equal(unwrap(fragments, { type: 'full_message', data: junk }), undefined);
      assert.equal(unwrap(fragments, part(junk, junk, junk, junk)), undefined);
      assert.equal(unwrap(fragments, part('eyJ0', junk, 3)), undefined);
    }
    assert.equal(unwrap(fragments, part('eyJ0', 0, 1e9)), undefined);
    assert.equal(unwrap(fragments, part('eyJ0', 3, 3)), undefined);
  });

  it('only JSON with a type is an event', () => {
    assert.deepEqual(new Fragments().read('{"type":"a","b":1}'), { type: 'a', b: 1 });
    for (const data of ['', '{', '[]', '7', 'null', '"type"', '{"type":null}', '{"type":{}}'])
      assert.equal(new Fragments().read(data), undefined, data);
  });
});
