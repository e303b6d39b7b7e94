import { Caller } from './caller.js';

interface Message {
  type: string;
  id: string;
  data: string;
  fragment_index?: number;
  total_fragments?: number;
}

export interface BetaEvent extends Record<string, unknown> {
  type: string;
  item?: { id: string; role?: string; content?: { type: string; text?: string; transcript?: string }[] };
  session?: Record<string, unknown>;
  response?: { modalities?: string[]; output?: BetaEvent['item'][] } & Record<string, unknown>;
}

/** A client of a server that wraps its events and cuts long ones into pieces. */
export class FragmentCaller extends Caller<BetaEvent> {
  readonly messages: Message[] = [];
  readonly longestMessage = { length: 0 };

  protected override read(text: string): BetaEvent | undefined {
    this.longestMessage.length = Math.max(this.longestMessage.length, text.length);
    const message = JSON.parse(text) as Message;
    this.messages.push(message);
    if (message.type === 'full_message') return decoded(message.data);
    const pieces = this.messages.filter(({ id }) => id === message.id);
    if (pieces.length < (message.total_fragments ?? Infinity)) return undefined;
    return decoded(pieces.map(({ data }) => data).join(''));
  }
}

function decoded(base64: string): BetaEvent {
  return JSON.parse(Buffer.from(base64, 'base64').toString()) as BetaEvent;
}
