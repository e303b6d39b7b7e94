import { count, fields, list, text } from '../json-fields.js';
import { writeRealtime } from './realtime-commands.js';
import { readError, readFault } from './realtime-fault.js';
import { readItem } from './realtime-item.js';
import { readSession } from './realtime-session.js';
import type { Dialect, Role, Signal, Source, WireEvent } from './signals.js';
import { readUsage } from './usage.js';

/** Reads words of an item: `value` is one of the event's fields, or what was made of several. */
function words(
  type: 'text-added' | 'text-settled',
  event: WireEvent,
  value: unknown,
  role: Role,
  source: Source,
  segment?: string,
): Signal[] {
  const itemId = text(event['item_id']);
  const said = text(value);
  const index = count(event['content_index']);
  const part = segment ?? (Number.isInteger(index) && index < 100 ? index : 0);
  return itemId && said !== undefined
    ? [{ type, itemId, role, source, part, text: said, responseId: text(event['response_id']) }]
    : [];
}

/** What one speaker said, where the service tells speakers apart. */
function segment(event: WireEvent): Signal[] {
  const [id, speaker, said] = [text(event['id']), text(event['speaker']), text(event['text'])];
  return said && id
    ? words('text-added', event, speaker ? `${speaker}: ${said}` : said, 'user', 'speech', `segment ${id}`)
    : [];
}

function toolCall(value: unknown): Signal[] {
  const call = fields(value);
  const name = text(call['name']);
  const callId = text(call['call_id']);
  return name && callId ? [{ type: 'tool-called', name, callId, arguments: text(call['arguments']) ?? '' }] : [];
}

function itemDone(item: unknown): Signal[] {
  return fields(item)['type'] === 'function_call' ? toolCall(item) : [];
}

function spent(of: string | undefined, ofResponse: unknown, ofTranscription?: unknown): Signal[] {
  return ofResponse || ofTranscription ? [{ type: 'usage', of, usage: readUsage(ofResponse, ofTranscription) }] : [];
}

const UNFINISHED = ['cancelled', 'failed', 'incomplete'] as const;

function responseDone(value: unknown): Signal[] {
  const response = fields(value);
  const outcome = UNFINISHED.find((each) => each === response['status']) ?? 'completed';
  return [
    ...(outcome === 'completed' ? list(response['output']).flatMap(itemDone) : []),
    {
      type: 'response-ended',
      responseId: text(response['id']) ?? '',
      outcome,
      fault: outcome === 'failed' ? readFault(fields(response['status_details'])['error']) : undefined,
    },
    ...spent(text(response['id']), response['usage']),
  ];
}

/** The Realtime service's GA wire protocol, over WebRTC. */
function read(event: WireEvent): Signal[] {
  const itemId = text(event['item_id']);
  const responseId = text(event['response_id']) ?? '';
  // Self-hosted servers still send names of the beta: `response.text.…`, `response.audio_transcript.…`.
  switch (event.type.replace(/^response\.(text|audio)/, 'response.output_$1')) {
    case 'session.created':
      return readSession(event['session']);
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
      return words('text-added', event, event['delta'], 'user', 'speech');
    case 'conversation.item.input_audio_transcription.completed':
      return [
        ...words('text-settled', event, event['transcript'], 'user', 'speech'),
        ...spent(itemId, undefined, event['usage']),
      ];
    case 'conversation.item.input_audio_transcription.segment':
      return segment(event);
    case 'conversation.item.input_audio_transcription.failed':
      return itemId ? [{ type: 'text-failed', itemId }] : [];
    case 'response.created':
      return [{ type: 'response-started', responseId: text(fields(event['response'])['id']) ?? '' }];
    case 'response.output_item.done':
      return itemDone(event['item']);
    case 'response.function_call_arguments.done':
      return toolCall(event);
    case 'response.output_audio_transcript.delta':
      return words('text-added', event, event['delta'], 'assistant', 'speech');
    case 'response.output_audio_transcript.done':
      return words('text-settled', event, event['transcript'], 'assistant', 'speech');
    case 'response.output_text.delta':
      return words('text-added', event, event['delta'], 'assistant', 'text');
    case 'response.output_text.done':
      return words('text-settled', event, event['text'], 'assistant', 'text');
    case 'response.done':
      return responseDone(event['response']);
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

export const realtime: Dialect = { read, write: writeRealtime };
