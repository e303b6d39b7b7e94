import { count, fields, list, text, type Fields } from '../json-fields.js';
import { realtime } from './realtime.js';
import { readFault } from './realtime-fault.js';
import type { Command, Dialect, ResponseEnded, Role, Signal, WireEvent } from './signals.js';
import { readUsage } from './usage.js';

/** An utterance ends this long after its last text, because the protocol reports no end. In milliseconds. */
const PAUSE = 1200;
/** The longest that one piece of text is taken to sound, in milliseconds. */
const MAX_PLAYBACK = 10_000;

/** What one side is saying. The protocol has no item ids and no ends, so both are made here. */
interface Utterance {
  readonly itemId: string;
  text: string;
  endTimer?: ReturnType<typeof setTimeout>;
}

/** Counts the utterances of all connections, because a conversation may go on in another one. */
let utterances = 0;

/**
 * GPT-Live. It is full duplex: spoken turns are not ended, and responses to them are neither requested nor cancelled.
 * https://developers.openai.com/api/docs/guides/live-conversations
 */
export class Live implements Dialect {
  readonly #onSignal: (signal: Signal) => void;
  readonly #running = new Map<Role, Utterance>();
  /** Whether a spoken turn was just committed: the model responds to it without a request. */
  #isTurnCommitted = false;
  /** Whether the outputs of tools were sent: the model does not respond to them without a request. */
  #hasOutputs = false;
  /** The tool calls of the delegated response under way. */
  readonly #calls: Signal[] = [];
  /** Whether that response has a message, which the model will speak. */
  #hasMessage = false;

  /** `onSignal` gets the signals that belong to no event: that somebody has stopped speaking. */
  constructor(onSignal: (signal: Signal) => void) {
    this.#onSignal = onSignal;
  }

  read(event: WireEvent): Signal[] {
    switch (event.type) {
      case 'session.started':
        return [opened(fields(event['session']))];
      case 'session.input_transcript.delta':
        return this.#addText('user', event);
      case 'session.output_transcript.delta':
        return this.#addText('assistant', event);
      case 'response.event':
        return this.#delegated(fields(event['event']));
      case 'session.closed': {
        const usage: Signal = { type: 'usage', of: undefined, usage: readUsage(event['usage']) };
        return [
          ...this.#end('user'),
          ...this.#end('assistant'),
          usage,
          { type: 'session-closed', reason: text(event['reason']) },
        ];
      }
      case 'error':
        return [readFault(event['error'])];
      default:
        return [];
    }
  }

  write(command: Command): WireEvent[] {
    switch (command.type) {
      case 'commit-input':
        this.#isTurnCommitted = !this.#hasOutputs;
        return [];
      case 'respond': {
        const events = this.#isTurnCommitted ? [] : realtime.write(command);
        this.#isTurnCommitted = this.#hasOutputs = false;
        return events;
      }
      case 'say':
      case 'tool-output': {
        this.#hasOutputs ||= command.type === 'tool-output';
        // The service makes the ids of items.
        return realtime
          .write(command)
          .map((event) => ({ type: 'response.item.create', item: { ...fields(event['item']), id: undefined } }));
      }
      case 'mute':
        return [{ type: `session.input_audio.${command.muted ? 'mute' : 'unmute'}` }];
      case 'configure':
        return configured(command.session);
      case 'hang-up':
        return [{ type: 'session.close' }];
      default:
        return [];
    }
  }

  close(): void {
    for (const { endTimer } of this.#running.values()) clearTimeout(endTimer);
  }

  /**
   * Reads a wrapped event of a delegated response. Its text is for the model, which will speak it. Its tool calls are
   * reported together when it ends, so that they are answered together.
   */
  #delegated(event: Fields): Signal[] {
    const type = text(event['type'])?.replace(/^response\.(completed|failed|incomplete)$/, 'response.done') ?? '';
    if (fields(event['item'])['type'] === 'message') this.#hasMessage = true;
    for (const signal of realtime.read({ ...event, type })) {
      if (signal.type === 'tool-called') this.#calls.push(signal);
      else if (signal.type === 'response-ended') return this.#delegationEnded(signal);
    }
    return [];
  }

  /** Without a tool call or a message, no response follows. */
  #delegationEnded({ outcome, fault }: ResponseEnded): Signal[] {
    const isSilent = !this.#hasMessage && this.#calls.length === 0;
    this.#hasMessage = false;
    const calls = this.#calls.splice(0);
    if (fault && (outcome === 'failed' || isSilent)) return [fault];
    return isSilent ? [{ type: 'turn-discarded' }] : calls;
  }

  #addText(role: Role, event: WireEvent): Signal[] {
    const delta = text(event['delta']);
    if (!delta) return [];
    const running = this.#running.get(role);
    const utterance: Utterance = running ?? { itemId: `live_${role}_${(utterances += 1)}`, text: '' };
    const { itemId } = utterance;
    this.#running.set(role, utterance);
    utterance.text += delta;
    // The text arrives before its sound.
    const playbackMs = Math.min(count(count(event['end_ms']) - count(event['start_ms'])), MAX_PLAYBACK);
    clearTimeout(utterance.endTimer);
    utterance.endTimer = setTimeout(() => this.#end(role).forEach(this.#onSignal), playbackMs + PAUSE);
    const added = textSignal('text-added', role, itemId, delta);
    if (running) return [added];
    return [
      role === 'user' ? { type: 'user-started', itemId } : { type: 'playback-started', responseId: itemId },
      added,
    ];
  }

  #end(role: Role): Signal[] {
    const utterance = this.#running.get(role);
    if (!utterance) return [];
    const { itemId, text, endTimer } = utterance;
    clearTimeout(endTimer);
    this.#running.delete(role);
    return [
      textSignal('text-settled', role, itemId, text),
      role === 'user' ? { type: 'user-stopped', itemId } : { type: 'playback-ended', responseId: itemId, cut: false },
    ];
  }
}

function textSignal(type: 'text-added' | 'text-settled', role: Role, itemId: string, text: string): Signal {
  const responseId = role === 'assistant' ? itemId : undefined;
  return { type, itemId, role, source: 'speech', part: 0, text, responseId };
}

function opened(session: Fields): Signal {
  return {
    type: 'session-opened',
    kind: 'conversation',
    transcribesInput: true,
    // The model decides when to speak, so no response is expected at the end of a turn.
    answersTurns: false,
    replacesResponses: true,
    turnDetection: undefined,
    tools: list(fields(fields(session['delegation'])['responses'])['tools']),
    expiresAt: count(session['expires_at']) * 1000 || undefined,
  };
}

/** Only the delegation can change, for instance its tools. There is no turn detection. */
function configured({ tools, delegation }: Fields): WireEvent[] {
  const responses = { ...fields(fields(delegation)['responses']), ...(tools ? { tools } : undefined) };
  return tools || delegation
    ? [{ type: 'session.update', session: { delegation: { type: 'responses', responses } } }]
    : [];
}
