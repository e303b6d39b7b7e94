import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { SessionOpened, WireEvent } from '../../../src/protocol/signals.js';
import { handsFreeUpdate, openingUpdate, runningUpdate } from '../../../src/session/recovery/opening-update.js';
import { SessionChanges } from '../../../src/session/recovery/session-changes.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import { opened } from '../../protocol/conversation.js';

const [SERVER, SEMANTIC] = [
  { type: 'server_vad', threshold: 0.4 },
  { type: 'semantic_vad', eagerness: 'low' },
];
const TOOL = { name: 'hours', parameters: { type: 'object' } };
const ANNOUNCED = { type: 'function', description: undefined, ...TOOL };
const detection = (value: unknown): object => ({ audio: { input: { turn_detection: value } } });

describe('what the page changes in its session', () => {
  let changes: SessionChanges;
  let sent: WireEvent[];
  beforeEach(() => {
    changes = new SessionChanges();
    sent = [];
  });

  const update = (session: unknown, more: object = {}): void =>
    changes.send({ type: 'session.update', session, ...more }, { send: (event) => void sent.push(event) });
  const wanted = (options: VoiceSessionOptions = {}): unknown => changes.mergeInto(options).initialSession;

  it('has the language of the visitor, where the page names what transcribes it', () => {
    const transcribed = (transcription: unknown): Record<string, unknown> => ({
      instructions: 'a',
      audio: { input: { ...SERVER, transcription }, output: { voice: 'cedar' } },
    });
    const language = 'pt-BR';
    const whisper = { model: 'whisper-1', prompt: 'chairs', language: 'en' };
    assert.deepEqual(
      wanted({ initialSession: transcribed(whisper), language }),
      transcribed({ ...whisper, language: 'pt' }),
    );
    for (const transcription of [undefined, null, {}, { language: 'en' }, 'whisper-1'])
      assert.deepEqual(wanted({ initialSession: transcribed(transcription), language }), transcribed(transcription));
    assert.deepEqual(wanted({ language }), {});
  });

  it('is sent with an id, or with the one that the page has given it', () => {
    update({ instructions: 'a' });
    update({ instructions: 'b' }, { event_id: 'mine' });
    changes.send({ type: 'response.create' }, { send: (event) => void sent.push(event) });
    const [first, second, third] = sent;
    for (const event of [first, third]) assert.match(event!['event_id'] as string, /^.{1,32}$/);
    assert.deepEqual(second, { type: 'session.update', session: { instructions: 'b' }, event_id: 'mine' });
    assert.equal(third!.type, 'response.create');
  });

  it('is merged into the options of the next session, field by field, the latest last', () => {
    const initialSession = {
      instructions: 'a',
      max_output_tokens: 9,
      audio: { input: { noise_reduction: null }, output: { voice: 'cedar' } },
    };
    update({ instructions: 'b', audio: { output: { speed: 1.2 } } });
    update({ instructions: 'c', audio: { input: { transcription: { model: 'm', language: 'de' } } } });
    update({ audio: { input: { transcription: { model: 'n' } } } });
    const audio = {
      input: { noise_reduction: null, transcription: { model: 'n' } },
      output: { voice: 'cedar', speed: 1.2 },
    };
    assert.deepEqual(wanted({ initialSession }), { instructions: 'c', max_output_tokens: 9, audio });
    assert.equal(initialSession.instructions, 'a');
  });

  it('is cleared by null, and by nothing else', () => {
    update({ instructions: 'a', tools: [{ name: 'x' }], prompt: { id: 'p' }, ...detection(SERVER) });
    update({ instructions: '', tools: [], prompt: null, ...detection(null) });
    update({ audio: { output: { speed: 1 } } });
    const audio = { input: { turn_detection: null }, output: { speed: 1 } };
    assert.deepEqual(wanted(), { instructions: '', tools: [], prompt: null, audio });
  });

  it('replaces turn detection as a whole', () => {
    update(detection(SERVER));
    update(detection(SEMANTIC));
    assert.deepEqual(wanted(), detection(SEMANTIC));
  });

  it('merges the delegation of GPT-Live', () => {
    update({ delegation: { type: 'responses', responses: { tools: [TOOL] } } });
    update({ delegation: { type: 'responses', responses: { instructions: 'a' } } });
    assert.deepEqual(wanted(), { delegation: { type: 'responses', responses: { tools: [TOOL], instructions: 'a' } } });
  });

  it('is forgotten when the service has rejected it', () => {
    update({ instructions: 'a' });
    update({ instructions: 'b', voice: 'no such field' });
    update({ max_output_tokens: 9 }, { event_id: 'mine' });
    changes.reject(sent[1]!['event_id'] as string);
    changes.reject('mine');
    changes.reject('of another event');
    assert.deepEqual(wanted(), { instructions: 'a' });
  });

  it('is merged once, until it changes', () => {
    const options = {};
    update({ instructions: 'a' });
    const before = changes.mergeInto(options);
    assert.equal(changes.mergeInto(options), before);
    changes.reject('of another event');
    assert.equal(changes.mergeInto(options), before);
    update({ instructions: 'b' });
    assert.deepEqual(changes.mergeInto(options).initialSession, { instructions: 'b' });
    changes.reject(sent[1]!['event_id'] as string);
    assert.deepEqual(changes.mergeInto(options).initialSession, { instructions: 'a' });
    assert.deepEqual(changes.mergeInto({ initialSession: { voice: 'c' } }).initialSession, {
      voice: 'c',
      instructions: 'a',
    });
  });

  it('costs no more after thousands of updates, and the last ones can still be rejected', () => {
    let reads = 0;
    const counted = (session: object): object =>
      new Proxy(session, { ownKeys: (target) => ((reads += 1), Reflect.ownKeys(target)) });
    update({ prompt: null, ...detection(SERVER) });
    for (let turn = 0; turn < 5_000; turn += 1)
      update(counted({ instructions: `turn ${turn}`, audio: { output: { speed: turn } } }));
    for (const { event_id } of sent.slice(-20)) changes.reject(event_id as string);
    reads = 0;
    const audio = {
      input: { turn_detection: SERVER, noise_reduction: null },
      output: { voice: 'cedar', speed: 4_979 },
    };
    const initialSession = { audio: { input: { noise_reduction: null }, output: { voice: 'cedar' } } };
    assert.deepEqual(wanted({ initialSession }), { prompt: null, instructions: 'turn 4979', audio });
    assert.ok(reads < 50, `${reads} updates were read`);
  });

  for (const [who, options, own] of [
    ['the token', {}, null],
    ['initialSession', { initialSession: detection(null) as Record<string, unknown> }, SERVER],
    ['an update', {}, SERVER],
  ] as const) {
    it(`is joined by turn detection when push-to-talk ends in a session in which ${who} had turned it off`, () => {
      const session = { ...(opened() as SessionOpened), turnDetection: own };
      if (who === 'an update') update(detection(null));
      changes.keep(handsFreeUpdate(changes.mergeInto(options), session));
      assert.deepEqual(openingUpdate(changes.mergeInto(options), session), detection({ type: 'server_vad' }));
      const pushToTalk = changes.mergeInto({ ...options, pushToTalk: true });
      assert.deepEqual(openingUpdate(pushToTalk, session), detection(null));
    });
  }

  it('is not joined by a turn detection that the session has anyway', () => {
    for (const turnDetection of [SERVER, undefined]) {
      const session = { ...(opened() as SessionOpened), turnDetection };
      changes.keep(handsFreeUpdate({}, session));
      assert.equal(openingUpdate(changes.mergeInto({}), session), undefined);
    }
  });

  it('is forgotten when it could not be sent', () => {
    const full = {
      send: () => {
        throw new Error('too large');
      },
    };
    assert.throws(() => changes.send({ type: 'session.update', session: { instructions: 'a' } }, full));
    assert.deepEqual(wanted(), {});
  });

  it('is combined with the tools of the page, and push-to-talk goes before it', () => {
    const session = {
      ...opened(),
      type: 'session-opened',
      tools: [{ name: 'of the token' }],
      turnDetection: SERVER,
    } as never;
    update({ tools: [{ name: 'x' }], ...detection(SEMANTIC) });
    const options = { tools: [TOOL], pushToTalk: true };
    assert.deepEqual(openingUpdate(changes.mergeInto(options), session), {
      tools: [{ name: 'x' }, ANNOUNCED],
      ...detection(null),
    });
    assert.deepEqual(runningUpdate(options, changes.mergeInto({}), session), {
      tools: [{ name: 'x' }],
      ...detection(SEMANTIC),
    });
  });
});
