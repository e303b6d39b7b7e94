import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { realtime } from '../../../src/protocol/realtime.js';
import type { Command, SessionOpened, WireEvent } from '../../../src/protocol/signals.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { historyCommands } from '../../../src/session/recovery/history.js';
import type { VoiceSessionOptions } from '../../../src/session/session-options.js';
import type { TranscriptEntry } from '../../../src/session/transcript-entry.js';
import { opened, placed, said } from '../../protocol/conversation.js';

const VAD = { type: 'semantic_vad', eagerness: 'low', create_response: true, interrupt_response: true };
const entry = (id: string, role: TranscriptEntry['role'], text: string): TranscriptEntry => ({
  id,
  role,
  text,
  status: 'final',
  source: 'speech',
  createdAt: 0,
});
const SAID = [
  entry('user_1', 'user', 'Are you open on Sunday?'),
  entry('answer_1', 'assistant', 'From ten to six.'),
  entry('user_2', 'user', 'And on Monday?'),
];

function session(of: Partial<SessionOpened> = {}): SessionOpened {
  return { ...(opened() as SessionOpened), turnDetection: VAD, ...of };
}

interface Case {
  said?: readonly TranscriptEntry[];
  of?: Partial<SessionOpened>;
  options?: VoiceSessionOptions;
  answer?: boolean;
}

function commands({ said = SAID, of, options = {}, answer = true }: Case = {}): Command[] {
  return historyCommands(said, session(of), options, answer);
}

function wire(of?: Case): WireEvent[] {
  return commands(of).flatMap((command) => realtime.write(command));
}

/** What each event of the wire says about turn detection; undefined = nothing. */
function detections(events: readonly WireEvent[]): unknown[] {
  return events.flatMap(({ type, ...rest }) => {
    const update = rest as { session?: { audio?: { input?: { turn_detection?: unknown } } } };
    return type === 'session.update' ? [update.session?.audio?.input?.turn_detection] : [];
  });
}

describe('a new session', () => {
  it('gets the history while it does not respond by itself, and then its turn detection back', () => {
    assert.deepEqual(
      wire().map(({ type }) => type),
      [
        'session.update',
        'input_audio_buffer.clear',
        'conversation.item.create',
        'conversation.item.create',
        'conversation.item.create',
        'response.create',
        'session.update',
      ],
    );
    assert.deepEqual(detections(wire()), [{ ...VAD, create_response: false, interrupt_response: false }, VAD]);
  });

  it('gets the messages of both sides as text, with their roles', () => {
    const items = wire().flatMap(({ type, item }) => (type === 'conversation.item.create' ? [item] : []));
    assert.deepEqual(items, [
      {
        id: 'user_1',
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'Are you open on Sunday?' }],
      },
      {
        id: 'answer_1',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'From ten to six.' }],
      },
      { id: 'user_2', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'And on Monday?' }] },
    ]);
  });

  it('answers a pending turn once, and no turn that has been answered', () => {
    const asked = (answer: boolean): number => commands({ answer }).filter(({ type }) => type === 'respond').length;
    assert.deepEqual([asked(true), asked(false)], [1, 0]);
    assert.deepEqual(
      commands({ answer: false }).map(({ type }) => type),
      ['configure', 'clear-input', 'say', 'say', 'say', 'configure'],
    );
  });

  it('gets nothing if nothing was said', () => {
    assert.deepEqual(commands({ said: [], answer: false }), []);
    assert.deepEqual(commands({ said: [], answer: true }), []);
  });

  it('gets nothing if it only transcribes', () => {
    assert.deepEqual(commands({ of: { kind: 'transcription', answersTurns: false } }), []);
  });

  it('whose turn detection does not respond stays as it is', () => {
    const quiet = { ...VAD, create_response: false };
    for (const answer of [true, false]) {
      assert.deepEqual(detections(wire({ of: { answersTurns: false, turnDetection: quiet }, answer })), []);
      assert.deepEqual(
        detections(wire({ options: { pushToTalk: true }, answer })),
        [],
        'turn detection is off already',
      );
    }
    assert.equal(commands({ options: { pushToTalk: true } }).filter(({ type }) => type === 'say').length, 3);
  });

  it('without turn detection does not get any', () => {
    const announced = {
      type: 'session.created',
      session: { type: 'realtime', audio: { input: { turn_detection: null } } },
    };
    const [of] = realtime.read(announced) as [SessionOpened];
    assert.deepEqual(detections(wire({ of })), []);
  });

  it('whose turn detection the page changes gets it as the page wants it', () => {
    const quiet = { ...VAD, create_response: false };
    const wanted = (turn_detection: unknown): VoiceSessionOptions => ({
      initialSession: { audio: { input: { turn_detection } } },
    });
    const off = { answersTurns: false, turnDetection: null };
    assert.deepEqual(detections(wire({ of: off, options: wanted(VAD) })).length, 2);
    assert.deepEqual(detections(wire({ options: wanted(quiet) })), []);
  });

  it('that does not report its turn detection gets one with a type', () => {
    for (const detection of detections(wire({ of: { turnDetection: undefined } }))) {
      assert.ok((detection as { type?: unknown } | null)?.type, JSON.stringify(detection));
    }
  });

  it('ends with the turn detection of the page, not with the announced one', () => {
    const wanted = { type: 'server_vad', threshold: 0.9, create_response: true };
    const initialSession = { audio: { input: { turn_detection: wanted, noise_reduction: null } } };
    const [held, restored] = detections(wire({ options: { initialSession } }));
    assert.deepEqual(restored, wanted);
    assert.deepEqual(held, { ...wanted, create_response: false, interrupt_response: false });
  });

  it('gets no turn detection if the page has turned it off', () => {
    const initialSession = { audio: { input: { turn_detection: null } } };
    assert.deepEqual(detections(wire({ options: { initialSession } })).filter(Boolean), []);
  });

  it('gets no request to respond if the page responds by itself', () => {
    const wanted = { type: 'server_vad', create_response: false };
    const all = detections(wire({ options: { initialSession: { audio: { input: { turn_detection: wanted } } } } }));
    assert.notDeepEqual(all.at(-1), VAD);
  });
});

describe('a conversation that goes on', () => {
  it('is not shown twice when the new session repeats the history', () => {
    const record = new CallRecord(new EventTarget());
    for (const type of ['start', 'ready'] as const) record.write({ type });
    record.write(placed('user_1', null, { text: 'Are you open on Sunday?' }));
    record.write({ type: 'playback-started', responseId: 'resp_1' });
    record.write(said('answer_1', 'From ten to six.'));
    record.write({ type: 'playback-ended', responseId: 'resp_1', cut: false });
    record.write({ type: 'connection-dropped' });
    const { transcript, heard } = record;
    let before: string | null = null;
    for (const command of historyCommands(heard, session(), {}, false)) {
      for (const event of realtime.write(command)) {
        if (event.type !== 'conversation.item.create') continue;
        const { item } = event as unknown as { item: { id: string } };
        const repeated = { type: 'conversation.item.added', previous_item_id: before, item };
        for (const signal of realtime.read(JSON.parse(JSON.stringify(repeated)) as WireEvent)) record.write(signal);
        before = item.id;
      }
    }
    assert.deepEqual(record.transcript, transcript);
  });
});
