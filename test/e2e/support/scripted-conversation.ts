import type { TranscriptEntry } from '../../../src/session/index.js';

export type Wire = Readonly<Record<string, unknown> & { type: string }>;
export type Line = Omit<TranscriptEntry, 'createdAt'>;

export const SESSION_CREATED: Wire = {
  type: 'session.created',
  session: {
    type: 'realtime',
    id: 'sess_1',
    model: 'gpt-realtime',
    audio: {
      input: {
        transcription: { model: 'gpt-4o-transcribe' },
        turn_detection: { type: 'server_vad', create_response: true },
      },
    },
  },
};

/** A question and its answer: as server events, and as the transcript must show them. */
export interface Exchange {
  readonly question: readonly Wire[];
  /** The transcription of the question, which may arrive at any time. */
  readonly heard: readonly Wire[];
  readonly answer: readonly Wire[];
  readonly lines: readonly [Line, Line];
}

/** A spoken question and its answer. `after` is the id of the item before the question. */
export function spokenExchange(n: number, after: string | null, said = answerText(n)): Exchange {
  const asked = `question_${n}`;
  const text = `What is the price of number ${n}?`;
  const item = message(asked, 'user', [{ type: 'input_audio', transcript: null }]);
  const at = { item_id: asked, content_index: 0 };
  return {
    question: [
      { type: 'input_audio_buffer.speech_started', audio_start_ms: n * 1000, item_id: asked },
      { type: 'input_audio_buffer.speech_stopped', audio_end_ms: n * 1000 + 700, item_id: asked },
      { type: 'input_audio_buffer.committed', item_id: asked, previous_item_id: after },
      { type: 'conversation.item.added', item, previous_item_id: after },
      { type: 'conversation.item.done', item, previous_item_id: after },
    ],
    heard: [
      ...inPieces(text).map((delta) => ({ type: 'conversation.item.input_audio_transcription.delta', ...at, delta })),
      { type: 'conversation.item.input_audio_transcription.completed', ...at, transcript: text },
    ],
    answer: spokenAnswer(n, asked, said),
    lines: [{ id: asked, role: 'user', text, status: 'final', source: 'speech' }, answerLine(n, said)],
  };
}

/** A typed question and its answer. `after` is the id of the item before the question. */
export function typedExchange(n: number, after: string | null): Exchange {
  const asked = `question_${n}`;
  const text = `And the price of number ${n}?`;
  const item = message(asked, 'user', [{ type: 'input_text', text }]);
  return {
    question: [
      { type: 'conversation.item.added', item, previous_item_id: after },
      { type: 'conversation.item.done', item, previous_item_id: after },
    ],
    heard: [],
    answer: spokenAnswer(n, asked, answerText(n)),
    lines: [{ id: asked, role: 'user', text, status: 'final', source: 'text' }, answerLine(n, answerText(n))],
  };
}

/** So many exchanges; every third question is typed, the others are spoken. */
export function exchanges(count: number): Exchange[] {
  return Array.from({ length: count }, (_, n) => {
    const after = n === 0 ? null : `answer_${n - 1}`;
    return n % 3 === 2 ? typedExchange(n, after) : spokenExchange(n, after);
  });
}

export const inTurn = (all: readonly Exchange[]): Wire[] =>
  all.flatMap(({ question, answer, heard }) => [...question, ...answer, ...heard]);
export const linesOf = (all: readonly Exchange[]): Line[] => all.flatMap(({ lines }) => lines);

const answerText = (n: number): string => `Number ${n} costs ${n} pounds and fifty pence.`;

function answerLine(n: number, text: string): Line {
  return { id: `answer_${n}`, role: 'assistant', text, status: 'final', source: 'speech' };
}

function spokenAnswer(n: number, asked: string, text: string): Wire[] {
  const ids = { response_id: `response_${n}`, item_id: `answer_${n}`, output_index: 0, content_index: 0 };
  const empty = message(ids.item_id, 'assistant', []);
  const whole = message(ids.item_id, 'assistant', [{ type: 'output_audio', transcript: text }]);
  const response = { object: 'realtime.response', id: ids.response_id };
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', response_id: ids.response_id, output_index: 0, item: empty },
    { type: 'conversation.item.added', item: empty, previous_item_id: asked },
    { type: 'response.content_part.added', ...ids, part: { type: 'audio', transcript: '' } },
    { type: 'output_audio_buffer.started', response_id: ids.response_id },
    ...inPieces(text).map((delta) => ({ type: 'response.output_audio_transcript.delta', ...ids, delta })),
    { type: 'response.output_audio.done', ...ids },
    { type: 'response.output_audio_transcript.done', ...ids, transcript: text },
    { type: 'response.content_part.done', ...ids, part: { type: 'audio', transcript: text } },
    { type: 'response.output_item.done', response_id: ids.response_id, output_index: 0, item: whole },
    { type: 'conversation.item.done', item: whole, previous_item_id: asked },
    { type: 'response.done', response: { ...response, status: 'completed', output: [whole] } },
    { type: 'output_audio_buffer.stopped', response_id: ids.response_id },
  ];
}

function message(id: string, role: TranscriptEntry['role'], content: readonly object[]): object {
  return { id, object: 'realtime.item', type: 'message', status: 'completed', role, content };
}

function inPieces(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}
