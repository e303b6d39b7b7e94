import type { Wire } from './scripted-conversation.js';

/** Events that no version of the service has. */
export const UNKNOWN_EVENTS: readonly Wire[] = [
  { type: 'response.hologram.delta', item_id: 'answer_0', delta: 'Hello' },
  {
    type: 'conversation.item.renamed',
    item: { id: 'question_0', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'No!' }] },
  },
  { type: 'rate_limits.updated', rate_limits: [{ name: 'requests', limit: 9, remaining: 0, reset_seconds: 60 }] },
  { type: 'mcp_list_tools.in_progress', item_id: 'answer_0' },
  { type: '' },
  { type: '__proto__' },
  { type: 'constructor', prototype: { polluted: true } },
];
/** Known events with fields of the wrong type. */
export const MALFORMED_EVENTS: readonly Wire[] = [
  { type: 'conversation.item.added' },
  { type: 'conversation.item.added', item: 'question_0', previous_item_id: 7 },
  { type: 'conversation.item.added', item: { id: 5, type: 'message', role: 'user', content: 'text' } },
  { type: 'conversation.item.done', item: [null], previous_item_id: {} },
  { type: 'conversation.item.deleted', item_id: ['question_0'] },
  { type: 'conversation.item.truncated', item_id: { id: 'answer_0' } },
  { type: 'conversation.item.input_audio_transcription.delta', item_id: 'question_0', delta: { text: 'x' } },
  { type: 'conversation.item.input_audio_transcription.completed', item_id: null, transcript: 'Nobody said this.' },
  { type: 'conversation.item.input_audio_transcription.failed', item_id: 3, error: null },
  { type: 'response.output_audio_transcript.delta', item_id: 'answer_0', delta: 12, content_index: 'first' },
  { type: 'response.output_audio_transcript.done', item_id: '', transcript: 'Nobody said this.' },
  { type: 'response.output_item.added', item: 5, response_id: {} },
  { type: 'response.output_item.done', item: { type: 'function_call', name: 5, call_id: [], arguments: {} } },
  { type: 'response.function_call_arguments.done', name: null, call_id: 'call_1', arguments: 'x' },
  { type: 'response.created', response: 'resp' },
  { type: 'response.done', response: null },
  {
    type: 'response.done',
    response: { id: {}, status: 'exploded', output: 'none', usage: 'plenty', status_details: 4 },
  },
  { type: 'output_audio_buffer.cleared', response_id: 0 },
  { type: 'output_audio_buffer.stopped' },
  { type: 'input_audio_buffer.speech_started', item_id: 4.5 },
  { type: 'input_audio_buffer.committed', item_id: {}, previous_item_id: [] },
  { type: 'session.updated', session: 'new' },
  { type: 'error' },
  { type: 'error', error: 'everything is broken' },
  { type: 'error', error: { code: 500, type: {}, message: ['no'] } },
];
/** Messages that are not events. */
export const INVALID_MESSAGES: readonly string[] = [
  '',
  '{',
  'hello',
  'null',
  'true',
  '7',
  '"conversation.item.deleted"',
  '[]',
  '[{"type":"response.created"}]',
  '{}',
  '{"type":7}',
  '{"type":null}',
  '{"type":{"type":"response.done"}}',
  '{"event":"response.done"}',
  '\u0000\uffff',
  'x'.repeat(60_000),
];
