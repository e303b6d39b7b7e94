import { fields, list, text } from './field.js';
import { readError, readFault } from './realtime-fault.js';
import { readItem } from './realtime-item.js';
import { readSession } from './realtime-session.js';
import { readResponseUsage, readTranscriptionUsage } from './realtime-usage.js';
import type { Dialect, ItemText, ResponseEnded, Role, Signal, Source, WireEvent } from './signals.js';
import { writeRealtime } from './realtime-commands.js';

/** Names of the service's beta, which self-hosted servers still send. */
const BETA: readonly (readonly [string, string])[] = [
  ['response.audio_transcript.', 'response.output_audio_transcript.'],
  ['response.audio.', 'response.output_audio.'],
  ['response.text.', 'response.output_text.'],
];

function currentName(type: string): string {
  const renamed = BETA.find(([beta]) => type.startsWith(beta));
  return renamed ? renamed[1] + type.slice(renamed[0].length) : type;
}

function words(event: WireEvent, type: ItemText['type'], role: Role, source: Source, value: unknown): Signal[] {
  const itemId = text(event['item_id']);
  const said = text(value);
  if (!itemId || said === undefined) return [];
  const part = event['content_index'];
  return [
    {
      type,
      itemId,
      role,
      source,
      part: typeof part === 'number' && Number.isInteger(part) && part >= 0 && part < 100 ? part : 0,
      text: said,
      responseId: text(event['response_id']),
    },
  ];
}

function toolCall(name: unknown, callId: unknown, json: unknown): Signal[] {
  const [tool, call] = [text(name), text(callId)];
  return tool && call ? [{ type: 'tool-called', name: tool, callId: call, arguments: text(json) ?? '' }] : [];
}

const OUTCOMES: ReadonlySet<unknown> = new Set(['completed', 'cancelled', 'failed', 'incomplete']);

function responseDone(value: unknown): Signal[] {
  const response = fields(value);
  const responseId = text(response['id']) ?? '';
  const status = response['status'];
  const failure = fields(response['status_details'])['error'];
  const outcome = (OUTCOMES.has(status) ? status : 'completed') as ResponseEnded['outcome'];
  const signals: Signal[] = list(response['output']).flatMap((item) => {
    const call = fields(item);
    return outcome === 'completed' && call['type'] === 'function_call'
      ? toolCall(call['name'], call['call_id'], call['arguments'])
      : [];
  });
  const fault = outcome === 'failed' ? readFault(failure) : undefined;
  signals.push({ type: 'response-ended', responseId, outcome, fault });
  if (response['usage']) signals.push({ type: 'usage', usage: readResponseUsage(response['usage']) });
  return signals;
}

function itemSignal(event: WireEvent, type: 'item-removed' | 'item-interrupted' | 'text-failed'): Signal[] {
  const itemId = text(event['item_id']);
  return itemId ? [{ type, itemId }] : [];
}

/** The Realtime service's GA wire protocol, over WebRTC; beta names are read as their GA successors. */
function read(event: WireEvent): Signal[] {
  const previous = event['previous_item_id'];
  const after = previous === null ? null : text(previous);
  const responseId = text(event['response_id']);
  switch (currentName(event.type)) {
    case 'session.created':
      return readSession(event['session']);
    case 'session.updated':
      return [{ type: 'session-changed', session: fields(event['session']) }];
    case 'input_audio_buffer.speech_started':
      return [{ type: 'user-started', itemId: text(event['item_id']) }];
    case 'input_audio_buffer.speech_stopped':
      return [{ type: 'user-stopped', itemId: text(event['item_id']) }];
    case 'input_audio_buffer.cleared':
      return [{ type: 'turn-discarded' }];
    case 'input_audio_buffer.committed':
      return readItem({ id: event['item_id'], role: 'user' }, after);
    case 'conversation.item.added':
    case 'conversation.item.created':
    case 'conversation.item.done':
      return readItem(event['item'], after);
    case 'conversation.item.deleted':
      return itemSignal(event, 'item-removed');
    case 'conversation.item.truncated':
      return itemSignal(event, 'item-interrupted');
    case 'conversation.item.input_audio_transcription.delta':
      return words(event, 'text-added', 'user', 'speech', event['delta']);
    case 'conversation.item.input_audio_transcription.completed':
      return [
        ...words(event, 'text-settled', 'user', 'speech', event['transcript']),
        ...(event['usage'] ? [{ type: 'usage', usage: readTranscriptionUsage(event['usage']) } as const] : []),
      ];
    case 'conversation.item.input_audio_transcription.segment': {
      const [itemId, said] = [text(event['item_id']), text(event['text'])];
      return itemId && said ? [{ type: 'segment-added', itemId, speaker: text(event['speaker']) ?? '', text: said }] : [];
    }
    case 'conversation.item.input_audio_transcription.failed':
      return itemSignal(event, 'text-failed');
    case 'response.created':
      return [{ type: 'response-started', responseId: text(fields(event['response'])['id']) ?? '' }];
    case 'response.output_item.added':
      return readItem(event['item'], undefined, responseId);
    case 'response.output_item.done': {
      const item = fields(event['item']);
      return item['type'] === 'function_call' ? toolCall(item['name'], item['call_id'], item['arguments']) : [];
    }
    case 'response.function_call_arguments.done':
      return toolCall(event['name'], event['call_id'], event['arguments']);
    case 'response.output_audio_transcript.delta':
      return words(event, 'text-added', 'assistant', 'speech', event['delta']);
    case 'response.output_audio_transcript.done':
      return words(event, 'text-settled', 'assistant', 'speech', event['transcript']);
    case 'response.output_text.delta':
      return words(event, 'text-added', 'assistant', 'text', event['delta']);
    case 'response.output_text.done':
      return words(event, 'text-settled', 'assistant', 'text', event['text']);
    case 'response.done':
      return responseDone(event['response']);
    case 'output_audio_buffer.started':
      return [{ type: 'playback-started', responseId: responseId ?? '' }];
    case 'output_audio_buffer.stopped':
    case 'output_audio_buffer.cleared':
      return [{ type: 'playback-ended', responseId: responseId ?? '', cut: event.type.endsWith('cleared') }];
    case 'error':
      return readError(event['error']);
    default:
      return [];
  }
}

export const realtime: Dialect = { read, write: writeRealtime, close: () => {} };
