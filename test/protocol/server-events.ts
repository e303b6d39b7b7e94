import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

/** One event of each name that the service has; the compiler sees that none is missing and that each has its fields. */
type EventByName = { readonly [Name in RealtimeServerEvent['type']]: Extract<RealtimeServerEvent, { type: Name }> };

const head = { event_id: 'event_1' } as const;
const output = { ...head, response_id: 'resp_1', item_id: 'item_2', output_index: 0, content_index: 0 } as const;
const userMessage = {
  id: 'item_1',
  type: 'message',
  role: 'user',
  status: 'completed',
  content: [{ type: 'input_audio', transcript: 'Are you open on Sunday?' }],
} as const;
const assistantMessage = {
  id: 'item_2',
  type: 'message',
  role: 'assistant',
  status: 'in_progress',
  content: [],
} as const;
const toolCall = {
  id: 'item_3',
  type: 'function_call',
  status: 'completed',
  name: 'opening_hours',
  call_id: 'call_1',
  arguments: '{"day":"sunday"}',
} as const;

/** The arrays of a literal are read-only, the fields of the reference are not. */
function writable<T>(value: unknown): T {
  return value as T;
}

export const SERVER_EVENTS: EventByName = {
  'conversation.created': {
    ...head,
    type: 'conversation.created',
    conversation: { id: 'conv_1', object: 'realtime.conversation' },
  },
  'conversation.item.created': {
    ...head,
    type: 'conversation.item.created',
    previous_item_id: null,
    item: { ...userMessage, content: [] },
  },
  'conversation.item.added': {
    ...head,
    type: 'conversation.item.added',
    previous_item_id: 'item_1',
    item: { ...assistantMessage, content: [] },
  },
  'conversation.item.done': {
    ...head,
    type: 'conversation.item.done',
    previous_item_id: null,
    item: { ...userMessage, content: [...userMessage.content] },
  },
  'conversation.item.deleted': { ...head, type: 'conversation.item.deleted', item_id: 'item_1' },
  'conversation.item.retrieved': { ...head, type: 'conversation.item.retrieved', item: { ...toolCall } },
  'conversation.item.truncated': {
    ...head,
    type: 'conversation.item.truncated',
    item_id: 'item_2',
    content_index: 0,
    audio_end_ms: 640,
  },
  'conversation.item.input_audio_transcription.delta': {
    ...head,
    type: 'conversation.item.input_audio_transcription.delta',
    item_id: 'item_1',
    content_index: 0,
    delta: 'Are you',
  },
  'conversation.item.input_audio_transcription.completed': {
    ...head,
    type: 'conversation.item.input_audio_transcription.completed',
    item_id: 'item_1',
    content_index: 0,
    transcript: 'Are you open on Sunday?',
    usage: {
      type: 'tokens',
      total_tokens: 22,
      input_tokens: 13,
      output_tokens: 9,
      input_token_details: { audio_tokens: 13, text_tokens: 0 },
    },
  },
  'conversation.item.input_audio_transcription.failed': {
    ...head,
    type: 'conversation.item.input_audio_transcription.failed',
    item_id: 'item_1',
    content_index: 0,
    error: {
      type: 'transcription_error',
      code: 'audio_unintelligible',
      message: 'The audio could not be transcribed.',
    },
  },
  'conversation.item.input_audio_transcription.segment': {
    ...head,
    type: 'conversation.item.input_audio_transcription.segment',
    item_id: 'item_1',
    content_index: 0,
    id: 'seg_1',
    speaker: 'A',
    start: 0,
    end: 1.2,
    text: 'Are you open',
  },
  error: {
    ...head,
    type: 'error',
    error: {
      type: 'invalid_request_error',
      code: 'invalid_value',
      message: 'Invalid value.',
      param: 'session.voice',
      event_id: null,
    },
  },
  'input_audio_buffer.cleared': { ...head, type: 'input_audio_buffer.cleared' },
  'input_audio_buffer.committed': {
    ...head,
    type: 'input_audio_buffer.committed',
    item_id: 'item_1',
    previous_item_id: null,
  },
  'input_audio_buffer.dtmf_event_received': {
    type: 'input_audio_buffer.dtmf_event_received',
    event: '9',
    received_at: 1_763_605_109,
  },
  'input_audio_buffer.speech_started': {
    ...head,
    type: 'input_audio_buffer.speech_started',
    item_id: 'item_1',
    audio_start_ms: 120,
  },
  'input_audio_buffer.speech_stopped': {
    ...head,
    type: 'input_audio_buffer.speech_stopped',
    item_id: 'item_1',
    audio_end_ms: 1_900,
  },
  'input_audio_buffer.timeout_triggered': {
    ...head,
    type: 'input_audio_buffer.timeout_triggered',
    item_id: 'item_1',
    audio_start_ms: 0,
    audio_end_ms: 6_000,
  },
  'rate_limits.updated': {
    ...head,
    type: 'rate_limits.updated',
    rate_limits: [{ name: 'tokens', limit: 50_000, remaining: 49_950, reset_seconds: 0.06 }],
  },
  'response.created': {
    ...head,
    type: 'response.created',
    response: { id: 'resp_1', object: 'realtime.response', status: 'in_progress', output: [] },
  },
  'response.done': {
    ...head,
    type: 'response.done',
    response: {
      id: 'resp_1',
      status: 'completed',
      output: [writable(assistantMessage), { ...toolCall }],
      usage: {
        total_tokens: 253,
        input_tokens: 132,
        output_tokens: 121,
        input_token_details: { text_tokens: 119, audio_tokens: 13, cached_tokens: 64 },
        output_token_details: { text_tokens: 30, audio_tokens: 91 },
      },
    },
  },
  'response.output_item.added': {
    ...head,
    type: 'response.output_item.added',
    response_id: 'resp_1',
    output_index: 0,
    item: { ...assistantMessage, content: [] },
  },
  'response.output_item.done': {
    ...head,
    type: 'response.output_item.done',
    response_id: 'resp_1',
    output_index: 1,
    item: { ...toolCall },
  },
  'response.content_part.added': {
    ...output,
    type: 'response.content_part.added',
    part: { type: 'audio', transcript: '' },
  },
  'response.content_part.done': {
    ...output,
    type: 'response.content_part.done',
    part: { type: 'audio', transcript: 'From ten to six.' },
  },
  'response.output_audio.delta': { ...output, type: 'response.output_audio.delta', delta: 'AAAA' },
  'response.output_audio.done': { ...output, type: 'response.output_audio.done' },
  'response.output_audio_transcript.delta': {
    ...output,
    type: 'response.output_audio_transcript.delta',
    delta: 'From ten',
  },
  'response.output_audio_transcript.done': {
    ...output,
    type: 'response.output_audio_transcript.done',
    transcript: 'From ten to six.',
  },
  'response.output_text.delta': { ...output, type: 'response.output_text.delta', delta: 'From ten' },
  'response.output_text.done': { ...output, type: 'response.output_text.done', text: 'From ten to six.' },
  'response.function_call_arguments.delta': {
    ...head,
    type: 'response.function_call_arguments.delta',
    response_id: 'resp_1',
    item_id: 'item_3',
    output_index: 1,
    call_id: 'call_1',
    delta: '{"day"',
  },
  'response.function_call_arguments.done': {
    ...head,
    type: 'response.function_call_arguments.done',
    response_id: 'resp_1',
    item_id: 'item_3',
    output_index: 1,
    call_id: 'call_1',
    name: 'opening_hours',
    arguments: '{"day":"sunday"}',
  },
  'session.created': {
    ...head,
    type: 'session.created',
    session: {
      type: 'realtime',
      model: 'gpt-realtime',
      audio: {
        input: {
          transcription: { model: 'gpt-4o-transcribe' },
          turn_detection: { type: 'server_vad', create_response: true },
        },
      },
    },
  },
  'session.updated': { ...head, type: 'session.updated', session: { type: 'realtime', instructions: 'Be brief.' } },
  'output_audio_buffer.started': { ...head, type: 'output_audio_buffer.started', response_id: 'resp_1' },
  'output_audio_buffer.stopped': { ...head, type: 'output_audio_buffer.stopped', response_id: 'resp_1' },
  'output_audio_buffer.cleared': { ...head, type: 'output_audio_buffer.cleared', response_id: 'resp_1' },
  'mcp_list_tools.in_progress': { ...head, type: 'mcp_list_tools.in_progress', item_id: 'item_4' },
  'mcp_list_tools.completed': { ...head, type: 'mcp_list_tools.completed', item_id: 'item_4' },
  'mcp_list_tools.failed': { ...head, type: 'mcp_list_tools.failed', item_id: 'item_4' },
  'response.mcp_call_arguments.delta': {
    ...head,
    type: 'response.mcp_call_arguments.delta',
    response_id: 'resp_1',
    item_id: 'item_4',
    output_index: 1,
    delta: '{',
  },
  'response.mcp_call_arguments.done': {
    ...head,
    type: 'response.mcp_call_arguments.done',
    response_id: 'resp_1',
    item_id: 'item_4',
    output_index: 1,
    arguments: '{}',
  },
  'response.mcp_call.in_progress': {
    ...head,
    type: 'response.mcp_call.in_progress',
    item_id: 'item_4',
    output_index: 1,
  },
  'response.mcp_call.completed': { ...head, type: 'response.mcp_call.completed', item_id: 'item_4', output_index: 1 },
  'response.mcp_call.failed': { ...head, type: 'response.mcp_call.failed', item_id: 'item_4', output_index: 1 },
};

/** Names of the beta and the names that followed them; the fields are the same. */
export const BETA_NAMES = {
  'response.audio.delta': 'response.output_audio.delta',
  'response.audio.done': 'response.output_audio.done',
  'response.audio_transcript.delta': 'response.output_audio_transcript.delta',
  'response.audio_transcript.done': 'response.output_audio_transcript.done',
  'response.text.delta': 'response.output_text.delta',
  'response.text.done': 'response.output_text.done',
  'conversation.item.created': 'conversation.item.added',
} as const satisfies Record<string, RealtimeServerEvent['type']>;
