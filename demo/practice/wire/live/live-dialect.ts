import type { ConversationItem } from 'openai/resources/realtime/realtime';
import { type Aside, type Reply, textOf } from '../../answers/reply.js';
import { replyTo } from '../../answers/reply-to.js';
import { newId } from '../../service/new-id.js';
import { invalid, REQUESTED_ERROR, ServiceError } from '../../service/service-error.js';
import type { Turn } from '../../sound/ear.js';
import type { CallLine, Dialect } from '../dialect.js';
import { Conversation } from '../realtime/conversation.js';
import { LiveAnswer } from './live-answer.js';
import { delegated } from './live-backend.js';
import { type CloseReason, type EmitLive, type LiveClientEvent, parseLiveEvent } from './live-event.js';
import { LiveHearing } from './live-hearing.js';
import { type LiveSession, type LiveSessionRequest, newLiveSession, toolsOf, updatedSession } from './live-session.js';

const DROP_AFTER_MS = 1000;
/** Gives the last event time to be sent before the connection closes. */
const GOODBYE_MS = 100;

/** The events of GPT-Live over WebRTC. Both sides may speak at any time; there are no events for turns and items. */
export class LiveDialect implements Dialect {
  readonly #line: CallLine;
  readonly #conversation = new Conversation();
  readonly #recordings = new Map<string, Turn>();
  readonly #hearing: LiveHearing;
  #session: LiveSession;
  #startedAt = Date.now();
  #answer: LiveAnswer | undefined;
  #thinking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(line: CallLine, asked: LiveSessionRequest) {
    this.#line = line;
    this.#session = newLiveSession(asked, line.id, Math.floor((Date.now() + line.tempo.sessionMs) / 1000));
    for (const message of asked.input ?? []) this.#remember({ ...message, type: 'message' });
    this.#hearing = new LiveHearing(line, this.#emit, this.#now, {
      began: () => this.#answer?.stop(),
      ended: (turn) => this.#answerTurn(turn),
    });
  }

  opened(): void {
    this.#startedAt = Date.now();
    this.#emit({ type: 'session.started', session: this.#session });
    this.#line.later(this.#line.tempo.sessionMs, () => this.#close('expired'));
  }

  received(text: string): void {
    if (this.#closed) return;
    const event = parseLiveEvent(text);
    try {
      this.#handle(event.read(), event.eventId);
    } catch (problem) {
      if (!(problem instanceof ServiceError)) throw problem;
      this.#refuse(problem, event.eventId);
    }
  }

  hungUp(): void {
    this.#close('remote_hangup');
  }

  closed(): void {
    this.#closed = true;
    this.#hearing.close();
  }

  describe() {
    return { session: this.#session, items: this.#conversation.items, muted: this.#hearing.muted };
  }

  readonly #emit: EmitLive = (event, clientEventId) => {
    if (this.#closed) return;
    const named = { event_id: newId('event'), ...event, ...(clientEventId ? { client_event_id: clientEventId } : {}) };
    this.#line.send(named);
  };

  readonly #now = (): number => Date.now() - this.#startedAt;

  #handle(event: LiveClientEvent, id: string | null): void {
    switch (event.type) {
      case 'session.update':
        this.#session = updatedSession(this.#session, event.session);
        return this.#emit({ type: 'session.updated', session: this.#session }, id);
      case 'session.input_audio.mute':
        this.#hearing.mute();
        return this.#emit({ type: 'session.input_audio.muted' }, id);
      case 'session.input_audio.unmute':
        this.#hearing.unmute();
        return this.#emit({ type: 'session.input_audio.unmuted' }, id);
      case 'session.instructions.append':
      case 'session.thinking.append':
      case 'session.commentary.append': {
        const at = this.#now();
        this.#emit({ type: `${event.type}ed`, start_ms: at, end_ms: at }, id);
        if (event.type === 'session.commentary.append') this.#say({ spoken: [{ say: event.content }] });
        return;
      }
      case 'response.item.create':
        this.#needBackend(event.type);
        return this.#remember(event.item);
      case 'response.create':
        this.#needBackend(event.type);
        return this.#askBackend();
      case 'session.close':
        return this.#close('close_requested', id);
    }
  }

  #refuse({ refusal: { param, ...error } }: ServiceError, id: string | null = null): void {
    const named = { ...(param ? { param } : {}), ...(id ? { client_event_id: id } : {}) };
    this.#emit({ type: 'error', error: { ...error, ...named } }, id);
  }

  /** Only a session with a backend has items and responses. */
  #needBackend(type: string): void {
    if (this.#session.delegation?.type === 'responses') return;
    throw invalid(`'${type}' requires Responses delegation.`, 'invalid_value', 'type');
  }

  /** In the Responses API, the content of a message may be a plain text, and its role may be `developer`. */
  #remember(given: { type?: string; role?: string; content?: unknown }): void {
    const { role, content } = given;
    const part = { type: role === 'assistant' ? 'output_text' : 'input_text', text: content };
    const item = {
      ...given,
      ...(role === 'developer' ? { role: 'system' } : {}),
      ...(typeof content === 'string' ? { content: [part] } : {}),
    } as ConversationItem;
    this.#conversation.add(this.#conversation.accept(item));
  }

  #answerTurn(turn: Turn): void {
    const id = newId('item');
    this.#recordings.set(id, turn);
    this.#conversation.add({
      id,
      object: 'realtime.item',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio' }],
    });
    this.#think((reply) => this.#say(reply));
  }

  #askBackend(): void {
    this.#think((reply) => {
      const { calls, events } = delegated(reply);
      for (const call of calls) this.#conversation.add({ type: 'function_call', ...call });
      for (const event of events) this.#emit(event);
      const { failure } = reply;
      // An assumption: a failure of the backend is also an error of the session.
      if (failure) this.#emit({ type: 'error', error: { ...failure, message: 'The backend failed.' } });
      this.#say(reply);
    });
  }

  /** Replies after the thinking time. A newer request replaces a reply that has not begun. */
  #think(then: (reply: Reply) => void): void {
    const recordingOf = (id: string) => this.#recordings.get(id);
    const reply = replyTo({ items: this.#conversation.spoken, tools: toolsOf(this.#session), recordingOf });
    if (reply.aside === 'error') this.#refuse(REQUESTED_ERROR);
    clearTimeout(this.#thinking);
    this.#thinking = this.#line.later(reply.afterMs ?? this.#line.tempo.thinkingMs, () => then(reply));
  }

  #say({ spoken, aside }: Reply): void {
    this.#answer?.stop();
    // While the caller speaks, the reply is dropped.
    if (spoken.length === 0 || this.#hearing.busy) return this.#said(aside);
    this.#remember({ type: 'message', role: 'assistant', content: textOf(spoken) });
    this.#answer = new LiveAnswer(this.#line, this.#emit, this.#now, () => this.#said(aside));
    this.#answer.say(spoken);
  }

  #said(aside: Aside | undefined): void {
    this.#answer = undefined;
    if (aside === 'drop') this.#line.later(DROP_AFTER_MS, () => this.#line.end());
    if (aside === 'expire') return this.#close('expired');
    this.#emit({ type: 'session.usage.updated', usage: this.#usage });
  }

  get #usage(): { seconds: number } {
    return { seconds: Math.round(this.#now() / 100) / 10 };
  }

  /** @param clientEventId the id of the client event that asked for it */
  #close(reason: CloseReason, clientEventId: string | null = null): void {
    if (this.#closed) return;
    this.#emit({ type: 'session.closed', reason, session: this.#session, usage: this.#usage }, clientEventId);
    this.#closed = true;
    this.#answer?.stop();
    this.#line.later(GOODBYE_MS, () => this.#line.end());
  }
}
