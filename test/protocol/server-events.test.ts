import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { ItemPlaced, ItemText, Signal } from '../../src/protocol/signals.js';
import { NO_USAGE } from '../../src/protocol/usage.js';
import { BETA_NAMES, SERVER_EVENTS } from './server-events.js';
import { read } from './wire.js';

const words = (type: ItemText['type'], of: Partial<ItemText>): Signal => ({
  type,
  itemId: 'item_2',
  role: 'assistant',
  source: 'speech',
  part: 0,
  text: '',
  responseId: 'resp_1',
  ...of,
});
const placed = (of: Partial<ItemPlaced>): Signal => ({
  type: 'item-placed',
  itemId: 'item_1',
  after: null,
  role: 'user',
  source: 'speech',
  text: undefined,
  responseId: undefined,
  ...of,
});
const heard = { itemId: 'item_1', role: 'user', responseId: undefined } as const;
const called: Signal = { type: 'tool-called', name: 'opening_hours', callId: 'call_1', arguments: '{"day":"sunday"}' };

/** What each event of the service says; names without signals are of no use to a conversation. */
const SIGNALS: Record<RealtimeServerEvent['type'], Signal[]> = {
  'conversation.created': [],
  'conversation.item.created': [placed({})],
  'conversation.item.added': [placed({ itemId: 'item_2', role: 'assistant', after: 'item_1' })],
  'conversation.item.done': [placed({ text: 'Are you open on Sunday?' })],
  'conversation.item.deleted': [{ type: 'item-removed', itemId: 'item_1' }],
  'conversation.item.retrieved': [],
  'conversation.item.truncated': [{ type: 'item-interrupted', itemId: 'item_2' }],
  'conversation.item.input_audio_transcription.delta': [words('text-added', { ...heard, text: 'Are you' })],
  'conversation.item.input_audio_transcription.completed': [
    words('text-settled', { ...heard, text: 'Are you open on Sunday?' }),
    { type: 'usage', of: 'item_1', usage: { ...NO_USAGE, transcriptionTokens: 22 } },
  ],
  'conversation.item.input_audio_transcription.failed': [{ type: 'text-failed', itemId: 'item_1' }],
  'conversation.item.input_audio_transcription.segment': [
    words('text-added', { ...heard, part: 'segment seg_1', text: 'A: Are you open' }),
  ],
  error: [{ type: 'fault', severity: 'passing', code: 'server-error', message: 'Invalid value.' }],
  // Only what the session itself cleared: it knows already.
  'input_audio_buffer.cleared': [],
  'input_audio_buffer.committed': [placed({})],
  'input_audio_buffer.dtmf_event_received': [],
  'input_audio_buffer.speech_started': [{ type: 'user-started', itemId: 'item_1' }],
  'input_audio_buffer.speech_stopped': [{ type: 'user-stopped', itemId: 'item_1' }],
  'input_audio_buffer.timeout_triggered': [],
  'rate_limits.updated': [],
  'response.created': [{ type: 'response-started', responseId: 'resp_1' }],
  'response.done': [
    called,
    { type: 'response-ended', responseId: 'resp_1', outcome: 'completed', fault: undefined },
    {
      type: 'usage',
      of: 'resp_1',
      usage: {
        ...NO_USAGE,
        totalTokens: 253,
        inputTokens: 132,
        inputTextTokens: 119,
        inputAudioTokens: 13,
        cachedTokens: 64,
        outputTokens: 121,
        outputTextTokens: 30,
        outputAudioTokens: 91,
      },
    },
  ],
  'response.output_item.added': [
    placed({ itemId: 'item_2', role: 'assistant', after: undefined, responseId: 'resp_1' }),
  ],
  'response.output_item.done': [called],
  'response.content_part.added': [],
  'response.content_part.done': [],
  'response.output_audio.delta': [],
  'response.output_audio.done': [],
  'response.output_audio_transcript.delta': [words('text-added', { text: 'From ten' })],
  'response.output_audio_transcript.done': [words('text-settled', { text: 'From ten to six.' })],
  'response.output_text.delta': [words('text-added', { source: 'text', text: 'From ten' })],
  'response.output_text.done': [words('text-settled', { source: 'text', text: 'From ten to six.' })],
  'response.function_call_arguments.delta': [],
  'response.function_call_arguments.done': [called],
  'session.created': [
    {
      type: 'session-opened',
      kind: 'conversation',
      transcribesInput: true,
      answersTurns: true,
      turnDetection: { type: 'server_vad', create_response: true },
      tools: [],
      expiresAt: undefined,
      language: undefined,
    },
  ],
  'session.updated': [],
  'output_audio_buffer.started': [{ type: 'playback-started', responseId: 'resp_1' }],
  'output_audio_buffer.stopped': [{ type: 'playback-ended', responseId: 'resp_1', cut: false }],
  'output_audio_buffer.cleared': [{ type: 'playback-ended', responseId: 'resp_1', cut: true }],
  'mcp_list_tools.in_progress': [],
  'mcp_list_tools.completed': [],
  'mcp_list_tools.failed': [],
  'response.mcp_call_arguments.delta': [],
  'response.mcp_call_arguments.done': [],
  'response.mcp_call.in_progress': [],
  'response.mcp_call.completed': [],
  'response.mcp_call.failed': [],
};

describe('server events', () => {
  for (const [name, event] of Object.entries(SERVER_EVENTS)) {
    it(`reads ${name}`, () => assert.deepEqual(read(event), SIGNALS[event.type]));
  }

  for (const [beta, name] of Object.entries(BETA_NAMES)) {
    it(`reads ${beta} of the beta like ${name}`, () => {
      assert.deepEqual(read({ ...SERVER_EVENTS[name], type: beta }), SIGNALS[name]);
    });
  }

  for (const name of [
    '',
    'response',
    'response.',
    'response.text.',
    'response.audio',
    'session.created.',
    'Session.Created',
    '__proto__',
    'constructor',
    'toString',
    'a'.repeat(100_000),
  ]) {
    it(`makes nothing of the unknown name ${name.slice(0, 20) || '""'}`, () => {
      assert.deepEqual(
        read({ ...SERVER_EVENTS['response.done'], ...SERVER_EVENTS['session.created'], type: name }),
        [],
      );
    });
  }
});
