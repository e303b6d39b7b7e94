import { CallRecord } from '../../src/session/record/call-record.js';
import { answer, placed, saying } from '../protocol/conversation.js';

/**
 * Measures what a piece of the assistant's text costs the session in a short and in a long conversation, beside the
 * copy of the long transcript, which every change makes: npm run bench -- delta
 */
const [SHORT, LONG] = [10, 5_000];
const STEPS = 200;
const ROUNDS = 50;

function conversation(entries: number): CallRecord {
  const record = new CallRecord(new EventTarget());
  for (let i = 0; i < entries; i += 1) record.write(placed(`item_${i}`, i ? `item_${i - 1}` : null, { text: 'Hello' }));
  record.write(answer('item_last', `item_${entries - 1}`));
  return record;
}

/** The least of many times is that in which nothing else was running. In microseconds for each step. */
function least(step: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = performance.now();
    for (let i = 0; i < STEPS; i += 1) step();
    best = Math.min(best, performance.now() - since);
  }
  return (best * 1_000) / STEPS;
}

const [short, long] = [conversation(SHORT), conversation(LONG)];
const ofShort = least(() => short.write(saying('item_last', 'x')));
const ofLong = least(() => long.write(saying('item_last', 'x')));
const ofCopy = least(() => long.transcript.slice());
const us = (time: number): string => `${time.toFixed(1)} µs`;
console.log(`a delta at ${SHORT} entries: ${us(ofShort)}, at ${LONG}: ${us(ofLong)}, of which the copy: ${us(ofCopy)}`);
console.log(`ratio ${(ofLong / ofShort).toFixed(1)}, without the copy ${((ofLong - ofCopy) / ofShort).toFixed(1)}`);
