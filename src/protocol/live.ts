import { count, fields, list, text, type Fields } from '../json-fields.js';
import { realtime } from './realtime.js';
import { readFault } from './realtime-fault.js';
import type { Command, Dialect, Role, Signal, WireEvent } from './signals.js';
import { readUsage } from './usage.js';

/** So long after its last words an utterance is over: this wire tells words, never that they are all. In ms. */
const PAUSE = 1200;

/** One side's words as they run: the wire has neither item ids nor ends, so both are made here. */
interface Utterance {
  readonly itemId: string;
  words: string;
  lapse?: ReturnType<typeof setTimeout>;
}

/** Of utterances, in all connections: a conversation may go on from one to the next. */
let utterances = 0;

/**
 * GPT-Live: full duplex, so there are no turns to end, no answers to ask for by voice and none to cancel. It is
 * recognised by its first event, `session.started`. https://developers.openai.com/api/docs/guides/live-conversations
 */
export class Live implements Dialect {
  readonly #tell: (signal: Signal) => void;
  readonly #running = new Map<Role, Utterance>();
  /** A spoken turn was handed over: the model answers it unasked. */
  #handedOver = false;
  readonly #calls: Signal[] = [];
  #toSpeak = false;

  /** `tell` gets what no event carries: that somebody has stopped speaking. */
  constructor(tell: (signal: Signal) => void) {
    this.#tell = tell;
  }

  read(event: WireEvent): Signal[] {
    switch (event.type) {
      case 'session.started':
        return [opened(fields(event['session']))];
      case 'session.input_transcript.delta':
        return this.#words('user', event);
      case 'session.output_transcript.delta':
        return this.#words('assistant', event);
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
        this.#handedOver = true;
        return [];
      case 'respond': {
        const asked = this.#handedOver ? [] : realtime.write(command);
        this.#handedOver = false;
        return asked;
      }
      case 'say':
      case 'tool-output': {
        // The service names the items by itself.
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
    for (const { lapse } of this.#running.values()) clearTimeout(lapse);
  }

  /**
   * Work that the model delegates runs as a response of its own, whose events come wrapped. Its words are for the
   * model, which will speak; its tool calls are told together when it ends, so that they are answered together.
   */
  #delegated(event: Fields): Signal[] {
    const type = text(event['type'])?.replace(/^response\.(completed|failed|incomplete)$/, 'response.done') ?? '';
    if (fields(event['item'])['type'] === 'message') this.#toSpeak = true;
    for (const signal of realtime.read({ ...event, type })) {
      if (signal.type === 'tool-called') this.#calls.push(signal);
      else if (signal.type === 'response-ended') return this.#delegationEnded(signal.fault);
    }
    return [];
  }

  /** With neither a call nor a message to speak nothing more is to be waited for. */
  #delegationEnded(fault: Signal | undefined): Signal[] {
    const silent = !this.#toSpeak && this.#calls.length === 0;
    this.#toSpeak = false;
    const calls = this.#calls.splice(0);
    if (fault) return [fault];
    return silent ? [{ type: 'turn-discarded' }] : calls;
  }

  #words(role: Role, event: WireEvent): Signal[] {
    const delta = text(event['delta']);
    if (!delta) return [];
    const running = this.#running.get(role);
    const utterance: Utterance = running ?? { itemId: `live_${role}_${(utterances += 1)}`, words: '' };
    const { itemId } = utterance;
    this.#running.set(role, utterance);
    utterance.words += delta;
    // Words come ahead of the sound that they belong to.
    const plays = Math.min(count(count(event['end_ms']) - count(event['start_ms'])), 10_000);
    clearTimeout(utterance.lapse);
    utterance.lapse = setTimeout(() => this.#end(role).forEach(this.#tell), plays + PAUSE);
    const added = said('text-added', role, itemId, delta);
    if (running) return [added];
    return [
      role === 'user' ? { type: 'user-started', itemId } : { type: 'playback-started', responseId: itemId },
      added,
    ];
  }

  #end(role: Role): Signal[] {
    const utterance = this.#running.get(role);
    if (!utterance) return [];
    const { itemId, words, lapse } = utterance;
    clearTimeout(lapse);
    this.#running.delete(role);
    return [
      said('text-settled', role, itemId, words),
      role === 'user' ? { type: 'user-stopped', itemId } : { type: 'playback-ended', responseId: itemId, cut: false },
    ];
  }
}

function said(type: 'text-added' | 'text-settled', role: Role, itemId: string, words: string): Signal {
  const responseId = role === 'assistant' ? itemId : undefined;
  return { type, itemId, role, source: 'speech', part: 0, text: words, responseId };
}

function opened(session: Fields): Signal {
  return {
    type: 'session-opened',
    kind: 'conversation',
    transcribesInput: true,
    // The model decides by itself when to speak: nothing is waited for.
    answersTurns: false,
    turnDetection: undefined,
    tools: list(fields(fields(session['delegation'])['responses'])['tools']),
    expiresAt: count(session['expires_at']) * 1000 || undefined,
  };
}

/** Only what work is delegated to can change, such as its tools; there is no turn detection to change. */
function configured({ tools, delegation }: Fields): WireEvent[] {
  const responses = { ...fields(fields(delegation)['responses']), ...(tools ? { tools } : undefined) };
  return tools || delegation
    ? [{ type: 'session.update', session: { delegation: { type: 'responses', responses } } }]
    : [];
}
