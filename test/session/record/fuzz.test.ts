import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { WireEvent } from '../../../src/protocol/signals.js';
import { addUsage, NO_USAGE } from '../../../src/protocol/usage.js';
import { VoiceError } from '../../../src/errors.js';
import { next, voiceState, type CallState, type StateInput } from '../../../src/session/record/session-state.js';
import { Conversation } from '../../../src/session/record/conversation.js';
import { BETA_NAMES, SERVER_EVENTS } from '../../protocol/server-events.js';
import { pathsOf, replaced, SPOILED } from '../../protocol/spoiled.js';
import { assertWellFormed } from '../../protocol/well-formed.js';
import { read } from '../../protocol/wire.js';
import type { TranscriptEntry } from '../../../src/session/transcript-entry.js';
import { seededRandom } from '../../support/seeded-random.js';

/** A failure is repeated with the seed that it prints: FUZZ_SEED=… */
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const CALLS = 120;
const EVENTS = 250;

const SAMPLES: readonly WireEvent[] = [
  ...Object.values(SERVER_EVENTS).map((event) => ({ ...event }) as WireEvent),
  ...Object.entries(BETA_NAMES).map(([type, name]) => ({ ...SERVER_EVENTS[name], type }) as WireEvent),
];
/** Few ids, so that events meet each other. */
const ITEMS = ['item_1', 'item_2', 'item_3', 'item_4', 'item_5', 'item_6'];
const RESPONSES = ['resp_1', 'resp_2', 'resp_3'];

/** What a service out of its mind might send, and how much of it is no event of the service's. */
function eventsOf(chance: () => number): { readonly events: readonly WireEvent[]; readonly mutated: number } {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;
  const garbage = (depth: number): unknown =>
    depth === 0 || chance() < 0.5
      ? pick(SPOILED)
      : chance() < 0.5
        ? [garbage(depth - 1), pick(ITEMS)]
        : { id: garbage(depth - 1), type: pick(SAMPLES).type };
  const events: WireEvent[] = [];
  let mutated = 0;
  while (events.length < EVENTS) {
    let event: unknown = pick(SAMPLES);
    // Each at its place: whose item, after which, of which response.
    for (const path of pathsOf(event)) {
      const key = path.at(-1);
      if (key === 'item_id' || path.join('.') === 'item.id') event = replaced(event, path, pick(ITEMS));
      if (key === 'previous_item_id') event = replaced(event, path, pick([...ITEMS, null, undefined]));
      if (key === 'response_id' || path.join('.') === 'response.id') event = replaced(event, path, pick(RESPONSES));
      if (key === 'content_index') event = replaced(event, path, pick([0, 1, 2]));
    }
    if (chance() < 0.4) {
      mutated += 1;
      const paths = pathsOf(event).filter((path) => path.join() !== 'type');
      for (let i = 0; i < 1 + chance() * 3; i += 1)
        event = replaced(event, pick(paths.filter((path) => hasParent(event, path))), garbage(3));
    }
    events.push(event as WireEvent);
    if (chance() < 0.1) events.push(event as WireEvent);
    if (chance() < 0.1) events.splice(Math.floor(chance() * events.length), 0, events.pop()!);
  }
  return { events, mutated };
}

/** An earlier replacement may have taken away what the path goes through. */
function hasParent(event: unknown, path: readonly (string | number)[]): boolean {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], event);
  return typeof parent === 'object' && parent !== null;
}

type Entries = readonly TranscriptEntry[];

const PHASES = ['live', 'reconnecting', 'failed', 'idle', 'connecting'];
const WORDS = ['idle', 'connecting', 'listening', 'thinking', 'speaking', 'reconnecting', 'failed'];

function assertLegal(state: CallState): void {
  assert.ok(PHASES.includes(state.phase));
  assert.ok(WORDS.includes(voiceState(state)));
  if (!('turn' in state)) return;
  const { userSpeaking, awaited, working, audible, generating, ...rest } = state.turn;
  assert.deepEqual(rest, {});
  for (const fact of [userSpeaking, awaited, working]) assert.equal(typeof fact, 'boolean');
  for (const response of [audible, generating]) assert.ok(response === undefined || typeof response === 'string');
}

/** What happens to the call itself between the events: what follows what, and how often. */
const COURSES: readonly (readonly [number, readonly StateInput[]])[] = [
  [0.02, [{ type: 'connection-dropped' }, { type: 'reconnected' }]],
  [0.02, [{ type: 'disconnected' }, { type: 'connection-dropped' }, { type: 'connection-dropped' }]],
  [0.02, [{ type: 'reconnected' }]],
  [0.02, [{ type: 'tools-changed', working: false }]],
  [
    0.01,
    [
      { type: 'fail', error: new VoiceError('connection-lost', 'The line is cut.') },
      { type: 'start', keep: true },
      { type: 'ready' },
    ],
  ],
];

function course(chance: () => number): readonly StateInput[] {
  let left = chance();
  return COURSES.find(([often]) => (left -= often) < 0)?.[1] ?? [];
}

/** Of every entry that was heard, some of its beginning; and in the same order. */
function assertHeard({ entries, heard }: Conversation): void {
  const shown = new Map(entries.map((entry) => [entry.id, entry]));
  for (const { id, text, role, status } of heard) {
    const entry = shown.get(id);
    assert.ok(entry && text !== '' && entry.text.startsWith(text), `${text} was never said`);
    assert.deepEqual([role, status], [entry.role, entry.status]);
    if (role === 'user') assert.equal(text, entry.text);
  }
  const ids = heard.map(({ id }) => id);
  assert.deepEqual(
    ids,
    entries.map(({ id }) => id).filter((id) => ids.includes(id)),
  );
}

/** What is reported is what has changed, in order; and the array is a new one only if something has. */
function assertReported(entries: Entries, before: Entries, changed: Entries): void {
  const known = new Set(before);
  assert.deepEqual(
    changed.map(({ id }) => id),
    entries.filter((entry) => !known.has(entry)).map(({ id }) => id),
  );
  const isSame = entries.length === before.length && entries.every((entry, index) => entry === before[index]);
  assert.equal(entries === before, isSame);
}

/** Sorted: the order may change when speech that comes to nothing is removed and another item had named it. */
const withText = (entries: Entries): string[] =>
  entries
    .filter(({ text }) => text !== '')
    .map(({ id }) => id)
    .sort();

function assertWellKept(conversation: Conversation, before: Entries, signal: StateInput): void {
  const { entries } = conversation;
  const ids = entries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an item has two entries');
  for (const { id, role, text, status, source, createdAt, ...rest } of entries) {
    assert.deepEqual(rest, {});
    assert.equal(typeof id, 'string');
    assert.ok(role === 'user' || role === 'assistant');
    assert.ok(source === 'speech' || source === 'text');
    assert.ok(['partial', 'final', 'interrupted', 'failed'].includes(status));
    assert.deepEqual([typeof text, typeof createdAt], ['string', 'number']);
    assert.ok(text !== '' || (role === 'user' && status !== 'final'), 'an entry without text is shown');
  }
  assertHeard(conversation);
  if (signal.type === 'connection-dropped' || signal.type === 'fail') {
    assert.ok(
      entries.every(({ status }) => status !== 'partial'),
      'an entry waits for what will not come',
    );
    assert.deepEqual(withText(entries), withText(before));
    return;
  }
  if (signal.type === 'start') assert.equal(entries, before);
  if (signal.type === 'item-removed' || signal.type === 'text-settled' || signal.type === 'item-placed') return;
  for (const id of withText(before)) assert.ok(ids.includes(id), `${id} was lost`);
}

/** @returns how many mutated events were read */
function hold(seed: number): number {
  const { events, mutated } = eventsOf(seededRandom(seed));
  const chance = seededRandom(~seed);
  let state = next({ phase: 'connecting' }, { type: 'ready' });
  const conversation = new Conversation();
  let usage = NO_USAGE;
  for (const [index, event] of events.entries()) {
    try {
      const signals = read(event);
      assertWellFormed(signals);
      for (const signal of [...course(chance), ...signals]) {
        const before = conversation.entries;
        const copy = structuredClone(before);
        const changed = conversation.apply(signal, index);
        assert.deepEqual(before, copy, 'an array that was handed out has changed');
        assertReported(conversation.entries, before, changed);
        assertWellKept(conversation, before, signal);
        state = next(state, signal);
        assertLegal(state);
        if (signal.type !== 'usage') continue;
        usage = addUsage(usage, signal.usage);
        assertWellFormed([{ ...signal, usage }]);
      }
    } catch (cause) {
      throw new Error(`FUZZ_SEED=${SEED}: event ${index} of the call ${seed}: ${JSON.stringify(event).slice(0, 600)}`, {
        cause,
      });
    }
  }
  conversation.apply({ type: 'stop' }, events.length);
  assert.ok(
    conversation.entries.every(({ status }) => status !== 'partial'),
    `FUZZ_SEED=${SEED}: call ${seed} is not settled`,
  );
  return mutated;
}

it('whatever the service sends, nothing throws and no text is lost', () => {
  let mutated = 0;
  for (let call = 0; call < CALLS; call += 1) mutated += hold((SEED + call) >>> 0);
  assert.ok(mutated >= 10_000, `only ${mutated} mutated events`);
});
