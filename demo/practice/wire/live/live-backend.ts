import { type Reply, textOf } from '../../answers/reply.js';
import { newId } from '../../service/new-id.js';
import type { LiveServerEvent } from './live-event.js';

export interface DelegatedCall {
  id: string;
  call_id: string;
  name: string;
  arguments: string;
}

interface Delegated {
  calls: DelegatedCall[];
  events: LiveServerEvent[];
}

const CHARACTERS_PER_TOKEN = 4;

/**
 * The answer of a session's backend. It is a response of the Responses API, and each of its events is wrapped in a
 * `response.event`. The client asked for it, so it has no delegation id.
 */
export function delegated({ calls = [], spoken, failure }: Reply): Delegated {
  const id = newId('resp');
  const events: LiveServerEvent[] = [];
  const wrap = (event: { type: string } & Record<string, unknown>) => {
    events.push({ type: 'response.event', event: { ...event, sequence_number: events.length }, delegation_id: null });
  };
  const response = (status: string, more: object = {}) => ({
    response: { id, object: 'response', status, output: [], ...more },
  });

  wrap({ type: 'response.created', ...response('in_progress') });
  if (failure) {
    wrap({
      type: 'response.failed',
      ...response('failed', { error: { code: failure.code, message: 'The backend failed.' } }),
    });
    return { calls: [], events };
  }
  const made = calls.map((call) => ({ id: newId('fc'), call_id: newId('call'), ...call }));
  made.forEach((call, output_index) => {
    const item = { type: 'function_call', ...call };
    wrap({ type: 'response.output_item.added', output_index, item: { ...item, arguments: '', status: 'in_progress' } });
    wrap({
      type: 'response.function_call_arguments.done',
      output_index,
      item_id: call.id,
      name: call.name,
      arguments: call.arguments,
    });
    wrap({ type: 'response.output_item.done', output_index, item: { ...item, status: 'completed' } });
  });
  const text = textOf(spoken);
  if (text) {
    const content = [{ type: 'output_text', text, annotations: [] }];
    const item = { id: newId('msg'), type: 'message', role: 'assistant', status: 'completed', content };
    wrap({ type: 'response.output_item.done', output_index: made.length, item });
  }
  const output_tokens = Math.ceil(
    (text + made.map((call) => call.name + call.arguments).join('')).length / CHARACTERS_PER_TOKEN,
  );
  const usage = {
    input_tokens: 0,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: output_tokens,
  };
  wrap({ type: 'response.completed', ...response('completed', { usage }) });
  return { calls: made, events };
}
