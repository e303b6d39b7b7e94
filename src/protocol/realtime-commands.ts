import type { Command, WireEvent } from './signals.js';

/** Puts a command in client events of the Realtime service. */
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
      // Audio of the assistant cannot be put into a conversation, its words can.
      const type = role === 'user' ? 'input_text' : 'output_text';
      return [created({ type: 'message', id, role, content: [{ type, text }] })];
    }
    case 'tool-output': {
      const { callId: call_id, output, call } = command;
      const answer = created({ type: 'function_call_output', call_id, output });
      return call
        ? [created({ type: 'function_call', call_id, name: call.name, arguments: call.arguments }), answer]
        : [answer];
    }
    case 'configure':
      // The service answers 400 to a session without its type.
      return [{ type: 'session.update', session: { type: 'realtime', ...command.session } }];
    default:
      // A muted track sends silence and a closed connection ends the session: neither has an event of its own.
      return [];
  }
}

function created(item: object): WireEvent {
  return { type: 'conversation.item.create', item };
}
