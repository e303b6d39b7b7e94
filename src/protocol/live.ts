import { count, fields, text, type Fields } from './field.js';
import { readFault } from './realtime-fault.js';
import { readResponseUsage } from './realtime-usage.js';
import type { Command, Dialect, Role, Signal, WireEvent } from './signals.js';

/** So long after its last words an utterance has ended; the dialect says when words are, never that they are all. In ms. */
const PAUSE = 1200;

/** One side's words as they run: the wire has neither item ids nor ends, so both are made here. */
interface Utterance {
  readonly itemId: string;
  words: string;
  lapse: ReturnType<typeof setTimeout>;
}

/**
 * GPT-Live: full duplex, so there are no turns to end, no responses to ask for and none to cancel. Words come
 * in the order of their delivery. It is recognised by its first event, `session.started`.
 */
export class Live implements Dialect {
  readonly #tell: (signal: Signal) => void;
  readonly #running: Partial<Record<Role, Utterance>> = {};
  #count = 0;

  /** `tell` gets the signals that no event carries: that somebody has stopped speaking. */
  constructor(tell: (signal: Signal) => void) {
    this.#tell = tell;
  }

  read(event: WireEvent): Signal[] {
    switch (event.type) {
      case 'session.started':
        return [opened(fields(event['session']))];
      case 'session.updated':
        return [{ type: 'session-changed', session: fields(event['session']) }];
      case 'session.input_transcript.delta':
        return this.#words('user', event);
      case 'session.output_transcript.delta':
        return this.#words('assistant', event);
      case 'session.usage.updated':
        // Told as a running total, and once more at the end: that one is counted.
        return [];
      case 'session.closed':
        return [
          ...this.#settle(),
          { type: 'usage', usage: readResponseUsage(event['usage']) },
          { type: 'session-closed', reason: text(event['reason']) ?? '' },
        ];
      case 'response.event':
        return toolCall(fields(event['event']));
      case 'error':
        return [readFault(event['error'])];
      default:
        return [];
    }
  }

  write(command: Command): WireEvent[] {
    switch (command.type) {
      case 'respond':
        return [{ type: 'response.create' }];
      case 'say': {
        const type = command.role === 'user' ? 'input_text' : 'output_text';
        const item = { type: 'message', role: command.role, content: [{ type, text: command.text }] };
        return [{ type: 'response.item.create', item }];
      }
      case 'tool-output': {
        const item = { type: 'function_call_output', call_id: command.callId, output: command.output };
        return [{ type: 'response.item.create', item }];
      }
      case 'mute':
        return [{ type: command.muted ? 'session.input_audio.mute' : 'session.input_audio.unmute' }];
      case 'configure': {
        const session = withoutDetection(command.session);
        return Object.keys(session).length > 0 ? [{ type: 'session.update', session }] : [];
      }
      case 'hang-up':
        return [{ type: 'session.close' }];
      case 'cancel-response':
      case 'clear-output':
      case 'clear-input':
      case 'commit-input':
        return [];
    }
  }

  close(): void {
    for (const utterance of Object.values(this.#running)) clearTimeout(utterance.lapse);
  }

  #words(role: Role, event: WireEvent): Signal[] {
    const delta = text(event['delta']);
    if (!delta) return [];
    const known = this.#running[role];
    const itemId = known?.itemId ?? `live_${role}_${(this.#count += 1)}`;
    clearTimeout(known?.lapse);
    const plays = Math.min(count(count(event['end_ms']) - count(event['start_ms'])), 10_000);
    const lapse = setTimeout(() => this.#end(role).forEach(this.#tell), plays + PAUSE);
    this.#running[role] = { itemId, words: (known?.words ?? '') + delta, lapse };
    const shared = { itemId, role, source: 'speech', responseId: role === 'assistant' ? itemId : undefined } as const;
    return [
      ...(known ? [] : begun(role, itemId)),
      { type: 'text-added', ...shared, part: 0, text: delta },
    ];
  }

  #end(role: Role): Signal[] {
    const utterance = this.#running[role];
    if (!utterance) return [];
    clearTimeout(utterance.lapse);
    delete this.#running[role];
    const { itemId, words } = utterance;
    const responseId = role === 'assistant' ? itemId : undefined;
    return [
      { type: 'text-settled', itemId, role, source: 'speech', part: 0, text: words, responseId },
      role === 'user' ? { type: 'user-stopped', itemId } : { type: 'playback-ended', responseId: itemId, cut: false },
    ];
  }

  #settle(): Signal[] {
    return [...this.#end('user'), ...this.#end('assistant')];
  }
}

/** Turn detection does not exist here: holding the button lets the microphone through, that is all. */
function withoutDetection({ audio, ...session }: Fields): Fields {
  const { input, ...rest } = fields(audio);
  const { turn_detection: _, ...heard } = fields(input);
  const kept = Object.keys(heard).length > 0 ? { ...rest, input: heard } : rest;
  return Object.keys(kept).length > 0 ? { ...session, audio: kept } : session;
}

function begun(role: Role, itemId: string): Signal[] {
  return role === 'user' ? [{ type: 'user-started', itemId }] : [{ type: 'playback-started', responseId: itemId }];
}

function opened(session: Readonly<Record<string, unknown>>): Signal {
  return {
    type: 'session-opened',
    kind: 'conversation',
    transcribesInput: true,
    // The model decides by itself when to speak: nothing is waited for.
    answersTurns: false,
    turnDetection: undefined,
    tools: [],
    expiresAt: count(session['expires_at']) * 1000 || undefined,
  };
}

/** Work that the model delegates runs as a response of its own, whose events come wrapped. */
function toolCall(event: Readonly<Record<string, unknown>>): Signal[] {
  const item = fields(event['item']);
  const [name, callId] = [text(item['name']), text(item['call_id'])];
  if (event['type'] !== 'response.output_item.done' || item['type'] !== 'function_call' || !name || !callId) return [];
  return [{ type: 'tool-called', name, callId, arguments: text(item['arguments']) ?? '' }];
}
