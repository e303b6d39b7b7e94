import type { Command, ToolCalled, WireEvent } from './signals.js';

/**
 * The client event that carries each command. A muted track sends silence and a closed connection ends the session:
 * neither has an event of its own.
 */
const EVENTS: { readonly [Type in Command['type']]?: string } = {
  respond: 'response.create',
  say: 'conversation.item.create',
  'cancel-response': 'response.cancel',
  'clear-output': 'output_audio_buffer.clear',
  'clear-input': 'input_audio_buffer.clear',
  'commit-input': 'input_audio_buffer.commit',
  'tool-output': 'conversation.item.create',
  configure: 'session.update',
};

/** Puts a command in client events of the Realtime service. */
export function writeRealtime(command: Command): WireEvent[] {
  const type = EVENTS[command.type];
  if (!type) return [];
  const call = command.type === 'tool-output' && command.call;
  return [...(call ? [called(call)] : []), { type, ...content(command) }];
}

function called({ name, callId, arguments: args }: ToolCalled): WireEvent {
  return { type: 'conversation.item.create', item: { type: 'function_call', name, call_id: callId, arguments: args } };
}

function content(command: Command): object | undefined {
  switch (command.type) {
    case 'say': {
      const { itemId: id, role, text } = command;
      // Audio of the assistant cannot be put into a conversation, its words can.
      const type = role === 'user' ? 'input_text' : 'output_text';
      return { item: { id, type: 'message', role, content: [{ type, text }] } };
    }
    case 'tool-output':
      return { item: { type: 'function_call_output', call_id: command.callId, output: command.output } };
    case 'configure':
      // The service answers 400 to a session without its type.
      return { session: { type: 'realtime', ...command.session } };
    default:
      return undefined;
  }
}
