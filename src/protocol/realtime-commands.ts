import type { Command, WireEvent } from './signals.js';

/** Returns the client events of the Realtime protocol for a command. */
export function writeRealtime(command: Command): WireEvent[] {
  switch (command.type) {
    case 'respond':
      return [{ type: 'response.create' }];
    case 'cancel-response':
      return [{ type: 'response.cancel' }];
    case 'clear-output':
      return [{ type: 'output_audio_buffer.clear' }];
    case 'clear-input':
      return [{ type: 'input_audio_buffer.clear' }];
    case 'commit-input':
      return [{ type: 'input_audio_buffer.commit' }];
    case 'say': {
      const { itemId: id, role, text } = command;
      // A client can add the assistant's messages only as text.
      const type = role === 'user' ? 'input_text' : 'output_text';
      return [created({ type: 'message', id, role, content: [{ type, text }] })];
    }
    case 'tool-output': {
      const { callId: call_id, output, call } = command;
      const result = created({ type: 'function_call_output', call_id, output });
      return call
        ? [created({ type: 'function_call', call_id, name: call.name, arguments: call.arguments }), result]
        : [result];
    }
    case 'configure':
      // The service rejects a session without its type.
      return [{ type: 'session.update', session: { type: 'realtime', ...command.session } }];
    default:
      // Muting and hanging up have no event: the track sends silence, and the connection is closed.
      return [];
  }
}

function created(item: object): WireEvent {
  return { type: 'conversation.item.create', item };
}
