import { count, fields, list, text } from '../json-fields.js';
import { writeRealtime } from './realtime-commands.js';
import { readError, readFault } from './realtime-fault.js';
import { readItem } from './realtime-item.js';
import { readSession, readUpdate } from './realtime-session.js';
import type { Dialect, Role, Signal, Source, WireEvent } from './signals.js';
import { readUsage } from './usage.js';

/** Makes the signal for a text of an item. */
function textSignals(
  type: 'text-added' | 'text-settled',
  event: WireEvent,
  value: unknown,
  role: Role,
  source: Source,
  segment?: string,
): Signal[] {
  const itemId = text(event['item_id']);
  const content = text(value);
  const index = count(event['content_index']);
  const part = segment ?? (Number.isInteger(index) && index < 100 ? index : 0);
  return itemId && content !== undefined
    ? [{ type, itemId, role, source, part, text: content, responseId: text(event['response_id']) }]
    : [];
}

/** Reads a transcription segment: what one speaker said, if the service tells speakers apart. */
function readSegment(event: WireEvent): Signal[] {
  const [id, speaker, content] = [text(event['id']), text(event['speaker']), text(event['text'])];
  if (!content || !id) return [];
  const line = speaker ? `${speaker}: ${content}` : content;
  return textSignals('text-added', event, line, 'user', 'speech', `segment ${id}`);
}

function readToolCall(value: unknown): Signal[] {
  const call = fields(value);
  const name = text(call['name']);
  const callId = text(call['call_id']);
  return name && callId ? [{ type: 'tool-called', name, callId, arguments: text(call['arguments']) ?? '' }] : [];
}

function readItemDone(item: unknown): Signal[] {
  return fields(item)['type'] === 'function_call' ? readToolCall(item) : [];
}

function usageSignals(of: string | undefined, ofResponse: unknown, ofTranscription?: unknown): Signal[] {
  return ofResponse || ofTranscription ? [{ type: 'usage', of, usage: readUsage(ofResponse, ofTranscription) }] : [];
}

const UNFINISHED = ['cancelled', 'failed', 'incomplete'] as const;

function readResponseDone(value: unknown): Signal[] {
  const response = fields(value);
  const outcome = UNFINISHED.find((each) => each === response['status']) ?? 'completed';
  const isFault = outcome === 'failed' || outcome === 'incomplete';
  const { error, reason } = fields(response['status_details']);
  return [
    ...(outcome === 'completed' ? list(response['output']).flatMap(readItemDone) : []),
    {
      type: 'response-ended',
      responseId: text(response['id']) ?? '',
      outcome,
      fault: isFault ? readFault(error ?? { code: reason }) : undefined,
    },
    ...usageSignals(text(response['id']), response['usage']),
  ];
}

/** Reads an event of the Realtime protocol (GA), as it is over WebRTC. */
function read(event: WireEvent): Signal[] {
  const itemId = text(event['item_id']);
  const responseId = text(event['response_id']) ?? '';
  // Self-hosted servers still use names of the beta: `response.text.…` and `response.audio_transcript.…`.
  switch (event.type.replace(/^response\.(text|audio)/, 'response.output_$1')) {
    case 'session.created':
      return readSession(event['session']);
    case 'session.updated':
      return readUpdate(event['session']);
    case 'input_audio_buffer.speech_started':
      return [{ type: 'user-started', itemId }];
    case 'input_audio_buffer.speech_stopped':
      return [{ type: 'user-stopped', itemId }];
    case 'input_audio_buffer.committed':
      return readItem({ id: itemId, role: 'user' }, event);
    case 'conversation.item.added':
    case 'conversation.item.created':
    case 'conversation.item.done':
    case 'response.output_item.added':
      return readItem(event['item'], event);
    case 'conversation.item.deleted':
      return itemId ? [{ type: 'item-removed', itemId }] : [];
    case 'conversation.item.truncated':
      return itemId ? [{ type: 'item-interrupted', itemId }] : [];
    case 'conversation.item.input_audio_transcription.delta':
      return textSignals('text-added', event, event['delta'], 'user', 'speech');
    case 'conversation.item.input_audio_transcription.completed':
      return [
        ...textSignals('text-settled', event, event['transcript'], 'user', 'speech'),
        ...usageSignals(itemId, undefined, event['usage']),
      ];
    case 'conversation.item.input_audio_transcription.segment':
      return readSegment(event);
    case 'conversation.item.input_audio_transcription.failed':
      return itemId ? [{ type: 'text-failed', itemId }] : [];
    case 'response.created':
      return [{ type: 'response-started', responseId: text(fields(event['response'])['id']) ?? '' }];
    case 'response.output_item.done':
      return readItemDone(event['item']);
    case 'response.function_call_arguments.done':
      return readToolCall(event);
    case 'response.output_audio_transcript.delta':
      return textSignals('text-added', event, event['delta'], 'assistant', 'speech');
    case 'response.output_audio_transcript.done':
      return textSignals('text-settled', event, event['transcript'], 'assistant', 'speech');
    case 'response.output_text.delta':
      return textSignals('text-added', event, event['delta'], 'assistant', 'text');
    case 'response.output_text.done':
      return textSignals('text-settled', event, event['text'], 'assistant', 'text');
    case 'response.done':
      return readResponseDone(event['response']);
    case 'output_audio_buffer.started':
      return [{ type: 'playback-started', responseId }];
    case 'output_audio_buffer.stopped':
      return [{ type: 'playback-ended', responseId, cut: false }];
    case 'output_audio_buffer.cleared':
      return [{ type: 'playback-ended', responseId, cut: true }];
    case 'error':
      return readError(event['error']);
    default:
      return [];
  }
}

/** OpenAI's Realtime protocol. It keeps no state. */
export const realtime: Dialect = { read, write: writeRealtime };
