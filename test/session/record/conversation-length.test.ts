import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { Conversation } from '../../../src/session/record/conversation.js';
import { Item } from '../../../src/session/record/item.js';
import { answer, placed, said, saying, userStarted } from '../../protocol/conversation.js';

const LONG = 5_000;

/** A conversation with this many entries and an answer under way. */
function converse<Log extends { write(input: ReturnType<typeof placed>): unknown }>(log: Log, entries: number): Log {
  for (let i = 0; i < entries; i += 1) log.write(placed(`item_${i}`, i ? `item_${i - 1}` : null, { text: 'Hello' }));
  log.write(answer('item_last', `item_${entries - 1}`));
  log.write(saying('item_last', 'x'));
  return log;
}

it('a delta visits as many items in a long conversation as in a short one', () => {
  const looks = [10, LONG].map((entries) => {
    const conversation = new Conversation();
    converse({ write: (input) => conversation.apply(input, 0) }, entries);
    const isShown = mock.getter(Item.prototype, 'isShown', function (this: Item) {
      return this.entry !== undefined && this.entry.text !== '';
    });
    assert.equal(conversation.apply(saying('item_last', 'y'), 1).length, 1);
    isShown.mock.restore();
    assert.equal(conversation.entries.at(-1)?.text, 'xy');
    return isShown.mock.callCount();
  });
  assert.equal(looks[1], looks[0]);
  assert.ok(looks[0]! > 0, 'what is counted is not used');
});

it(`${LONG} spoken turns, whose places are reported later than their speech, take less than 3 seconds of a processor`, () => {
  const record = new CallRecord(new EventTarget());
  // Not by the clock: other processes may use the processor meanwhile.
  const before = process.cpuUsage();
  for (let i = 0; i < LONG; i += 1) {
    record.write(userStarted(`user_${i}`));
    record.write(placed(`user_${i}`, i ? `answer_${i - 1}` : null));
    record.write(answer(`answer_${i}`, undefined));
    record.write(answer(`answer_${i}`, `user_${i}`));
    record.write(said(`answer_${i}`, 'Yes.'));
  }
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  assert.equal(record.transcript.length, 2 * LONG);
  assert.ok(ms < 3_000, `${ms.toFixed(0)} ms`);
});

it('each delta dispatches one event, which names the one entry that changed', () => {
  const record = new CallRecord(new EventTarget());
  for (let i = 0; i < 100; i += 1) record.write(said(`item_${i}`, 'Hello'));
  const before = record.transcript;
  let events = 0;
  let changes = 0;
  record.target.addEventListener('voice-transcript', () => (events += 1));
  record.target.addEventListener('change', () => (changes += 1));
  for (let i = 0; i < 1_000; i += 1) record.write(saying('item_last', 'x'));
  assert.deepEqual([events, changes], [1_000, 1_000]);
  assert.equal(record.transcript.length, 101);
  assert.ok(before.every((entry, index) => record.transcript[index] === entry));
});
