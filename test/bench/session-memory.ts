import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CallRecord } from '../../src/session/record/call-record.js';
import { answer, saying } from '../protocol/conversation.js';

/** What the session keeps of an entry, its text included, in bytes: of a conversation of this many. */
export function sessionMemory(entries: number): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().heapUsed;
  const record = new CallRecord(new EventTarget());
  for (let i = 0; i < entries; i += 1) {
    const id = `item_${i}`;
    record.write(answer(id, i ? `item_${i - 1}` : null));
    for (let n = 0; n < 5; n += 1) record.write(saying(id, 'some words '));
  }
  collect();
  const grown = process.memoryUsage().heapUsed - before;
  // The record is still in use here, so that it is not collected before.
  return grown / record.transcript.length;
}
