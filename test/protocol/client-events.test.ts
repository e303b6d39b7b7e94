import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import { writeRealtime } from '../../src/protocol/realtime-commands.js';
import { realtime } from '../../src/protocol/realtime.js';
import type { Command } from '../../src/protocol/signals.js';

/**
 * What each command becomes. The compiler holds the right side against the service's own types, fields that are
 * too many included; the test holds what is written against the right side.
 */
const TABLE: { readonly [Type in Command['type']]: [Extract<Command, { type: Type }>, RealtimeClientEvent[]][] } = {
  respond: [[{ type: 'respond' }, [{ type: 'response.create' }]]],
  say: [
    [
      { type: 'say', itemId: 'item_1', role: 'user', text: ' Hello\n' },
      [
        {
          type: 'conversation.item.create',
          item: { id: 'item_1', type: 'message', role: 'user', content: [{ type: 'input_text', text: ' Hello\n' }] },
        },
      ],
    ],
    [
      { type: 'say', itemId: 'item_2', role: 'assistant', text: 'Hi' },
      [
        {
          type: 'conversation.item.create',
          item: { id: 'item_2', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
        },
      ],
    ],
  ],
  'cancel-response': [[{ type: 'cancel-response' }, [{ type: 'response.cancel' }]]],
  'clear-output': [[{ type: 'clear-output' }, [{ type: 'output_audio_buffer.clear' }]]],
  'clear-input': [[{ type: 'clear-input' }, [{ type: 'input_audio_buffer.clear' }]]],
  'commit-input': [[{ type: 'commit-input' }, [{ type: 'input_audio_buffer.commit' }]]],
  'tool-output': [
    [
      { type: 'tool-output', callId: 'call_1', output: '{"open":true}' },
      [
        {
          type: 'conversation.item.create',
          item: { type: 'function_call_output', call_id: 'call_1', output: '{"open":true}' },
        },
      ],
    ],
    [
      {
        type: 'tool-output',
        callId: 'call_1',
        output: '1',
        call: { type: 'tool-called', callId: 'call_1', name: 'hours', arguments: '{}' },
      },
      [
        {
          type: 'conversation.item.create',
          item: { type: 'function_call', name: 'hours', call_id: 'call_1', arguments: '{}' },
        },
        { type: 'conversation.item.create', item: { type: 'function_call_output', call_id: 'call_1', output: '1' } },
      ],
    ],
  ],
  configure: [
    [
      { type: 'configure', session: { instructions: 'Be brief.' } },
      [{ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } }],
    ],
    [
      { type: 'configure', session: { audio: { input: { turn_detection: null } } } },
      [{ type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection: null } } } }],
    ],
    [
      { type: 'configure', session: { type: 'transcription' } },
      [{ type: 'session.update', session: { type: 'transcription' } }],
    ],
  ],
  mute: [
    [{ type: 'mute', muted: true }, []],
    [{ type: 'mute', muted: false }, []],
  ],
  'hang-up': [[{ type: 'hang-up' }, []]],
};

describe('client events', () => {
  for (const [command, events] of Object.values(TABLE).flat()) {
    it(`${JSON.stringify(command)} is ${events.map(({ type }) => type).join(', ') || 'nothing'}`, () => {
      assert.deepEqual(writeRealtime(command), events);
      assert.deepEqual(realtime.write(command), events);
      // A field that is undefined would be lost on the wire, and with it what the type promised.
      assert.deepEqual(JSON.parse(JSON.stringify(writeRealtime(command))), events);
    });
  }

  it('do not change the object they were made from', () => {
    const session = Object.freeze({ instructions: 'Be brief.' });
    writeRealtime({ type: 'configure', session });
    assert.deepEqual(session, { instructions: 'Be brief.' });
  });
});
