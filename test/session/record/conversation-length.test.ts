import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Recorder } from '../../../src/session/record/call-record.js';
import { EMPTY_LOG, entriesOf, reduceTranscript, type TranscriptLog } from '../../../src/session/record/transcript.js';
import { placed, said, saying } from '../../protocol/conversation.js';

const EVENTS = 5_000;
const ENTRIES = 100;

it(`${EVENTS} deltas cost a few passes over the conversation each, however long it gets`, () => {
  let looks = 0;
  const counted = (log: TranscriptLog): TranscriptLog => ({
    ...log,
    places: new Proxy(log.places, {
      get(places, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(places, key, receiver);
      },
    }),
  });
  let log = EMPTY_LOG;
  for (let i = 0; i < ENTRIES; i += 1)
    log = reduceTranscript(log, placed(`item_${i}`, i ? `item_${i - 1}` : null, { text: 'Hello' }), i);
  for (let i = 0; i < EVENTS; i += 1) log = reduceTranscript(counted(log), saying('item_last', 'x'), i);
  assert.equal(entriesOf(log).at(-1)?.text, 'x'.repeat(EVENTS));
  assert.equal(log.places.length, ENTRIES + 1);
  const passes = looks / (EVENTS * (ENTRIES + 1));
  assert.ok(passes >= 1 && passes <= 4, `${passes.toFixed(1)} passes for each delta`);
});

it(`${EVENTS} deltas are told once each, and each tells of one entry`, () => {
  const target = new EventTarget();
  const recorder = new Recorder(target);
  let told = 0;
  for (let i = 0; i < ENTRIES; i += 1) recorder.write(said(`item_${i}`, 'Hello'));
  target.addEventListener('voice-transcript', () => (told += 1));
  const before = recorder.transcript;
  for (let i = 0; i < EVENTS; i += 1) recorder.write(saying('item_last', 'x'));
  assert.equal(told, EVENTS);
  assert.equal(recorder.transcript.length, ENTRIES + 1);
  assert.ok(before.every((entry, index) => recorder.transcript[index] === entry));
});
