import type { Command, WireEvent } from './signals.js';

/** Puts a command in client events of the Realtime service. */
export function writeRealtime(command: Command): WireEvent[] {
  switch (command.type) {
    case 'respond':
      return [{ type: 'response.create' }];
    case 'say':
      return [{ type: 'conversation.item.create', item: message(command) }];
    case 'cancel-response':
      return [{ type: 'response.cancel' }];
    case 'clear-output':
      return [{ type: 'output_audio_buffer.clear' }];
    case 'clear-input':
      return [{ type: 'input_audio_buffer.clear' }];
    case 'commit-input':
      return [{ type: 'input_audio_buffer.commit' }];
    case 'tool-output':
      return [
        {
          type: 'conversation.item.create',
          item: { type: 'function_call_output', call_id: command.callId, output: command.output },
        },
      ];
    case 'configure':
      // The service answers 400 to a session without its type.
      return [{ type: 'session.update', session: { type: 'realtime', ...command.session } }];
    // Over WebRTC a muted track sends silence, and closing the connection ends the session: nothing to say.
    case 'mute':
    case 'hang-up':
      return [];
  }
}

function message({ itemId, role, text }: Extract<Command, { type: 'say' }>): Record<string, unknown> {
  // Audio of the assistant cannot be put into a conversation, its words can.
  const type = role === 'user' ? 'input_text' : 'output_text';
  return { id: itemId, type: 'message', role, content: [{ type, text }] };
}
