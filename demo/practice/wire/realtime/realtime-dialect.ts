import type { ConversationItemCreateEvent, RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import type { Aside } from '../../answers/reply.js';
import { newId } from '../../service/new-id.js';
import { invalid, ServiceError } from '../../service/service-error.js';
import { FrameStream } from '../../sound/pcm.js';
import type { CallLine, Dialect } from '../dialect.js';
import { parseClientEvent } from './client-event.js';
import { Conversation } from './conversation.js';
import { Responses } from './responses.js';
import { type OutgoingEvent, withId } from './server-event.js';
import {
  merged,
  newSession,
  readSession,
  refuseChange,
  type SessionConfig,
  type SessionRequest,
  turnDetection,
  turnRules,
} from './session-config.js';
import { Turns } from './turns.js';

const SHORTEST_COMMIT_MS = 100;
/** As a rule, the transcript of a turn comes after the response to it has begun. */
const TRANSCRIPTION_MS = 400;
const DROP_AFTER_MS = 1000;
/** Gives the last event time to be sent before the connection closes. */
const GOODBYE_MS = 100;
const EXPIRED = invalid('Your session hit the maximum duration of 60 minutes.', 'session_expired');

/** The events of the Realtime API, for realtime sessions and transcription sessions. */
export class RealtimeDialect implements Dialect {
  readonly #line: CallLine;
  readonly #conversation = new Conversation();
  readonly #turns: Turns;
  readonly #responses: Responses;
  readonly #appended: FrameStream;
  #session: SessionConfig;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(line: CallLine, session: SessionRequest) {
    this.#line = line;
    this.#session = newSession(session, newId('sess'), Math.floor((Date.now() + line.tempo.sessionMs) / 1000));
    this.#turns = new Turns(this.#conversation, this.#emit, (ms, action) => line.later(ms, action));
    this.#responses = new Responses({
      line,
      conversation: this.#conversation,
      turns: this.#turns,
      emit: this.#emit,
      session: () => this.#session,
      over: (aside) => this.#responseOver(aside),
    });
    this.#appended = new FrameStream((frame) => line.ear.hear(frame));
    line.ear.rules = turnRules(this.#session);
    line.ear.listener = {
      speechStarted: (audioStartMs) => this.#speechStarted(audioStartMs),
      speechStopped: (turn) => this.#answerTurn(this.#turns.stopped(turn)),
    };
  }

  opened(): void {
    this.#emit({ type: 'session.created', session: this.#session });
    this.#line.later(this.#line.tempo.sessionMs, () => this.#expire());
  }

  received(text: string): void {
    const event = parseClientEvent(text);
    try {
      this.#handle(event.read());
    } catch (problem) {
      if (!(problem instanceof ServiceError)) throw problem;
      this.#emit({ type: 'error', error: { ...problem.refusal, event_id: event.eventId } });
    }
  }

  hungUp(): void {
    this.#line.close();
  }

  closed(): void {
    clearTimeout(this.#idleTimer);
    this.#line.ear.listener = undefined;
  }

  describe() {
    return { session: this.#session, items: this.#conversation.items };
  }

  readonly #emit = (event: OutgoingEvent): void => this.#line.send(withId(event));

  #handle(event: RealtimeClientEvent): void {
    switch (event.type) {
      case 'session.update':
        return this.#updateSession(readSession(event.session));
      case 'input_audio_buffer.append':
        return this.#appendAudio(event.audio);
      case 'input_audio_buffer.clear':
        this.#line.ear.clear();
        return this.#emit({ type: 'input_audio_buffer.cleared' });
      case 'input_audio_buffer.commit':
        return this.#commit();
      case 'output_audio_buffer.clear':
        return this.#responses.clearSound();
      case 'conversation.item.create':
        return this.#createItem(event);
      case 'conversation.item.retrieve':
        return this.#emit({ type: 'conversation.item.retrieved', item: this.#conversation.find(event.item_id) });
      case 'conversation.item.delete':
        this.#conversation.remove(event.item_id);
        return this.#emit({ type: 'conversation.item.deleted', item_id: event.item_id });
      case 'conversation.item.truncate': {
        const { item_id, content_index, audio_end_ms } = event;
        this.#conversation.truncate(item_id, content_index);
        return this.#emit({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms });
      }
      case 'response.create':
        return this.#respond(() => this.#responses.create(event.response ?? {}));
      case 'response.cancel':
        return this.#responses.cancel(event.response_id);
    }
  }

  #updateSession(asked: SessionRequest): void {
    refuseChange(this.#session, asked, this.#responses.hasSpoken);
    this.#session = merged(this.#session, asked);
    this.#line.ear.rules = turnRules(this.#session);
    this.#emit({ type: 'session.updated', session: this.#session });
    this.#watchIdle();
  }

  #appendAudio(base64: string): void {
    const bytes = Buffer.from(base64, 'base64');
    const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2));
    this.#appended.push(samples, 24_000, 1);
  }

  #createItem({ item: asked, previous_item_id: after }: ConversationItemCreateEvent): void {
    const item = this.#conversation.accept(asked);
    const previous_item_id = this.#conversation.add(item, after);
    this.#emit({ type: 'conversation.item.added', item, previous_item_id });
    this.#emit({ type: 'conversation.item.done', item, previous_item_id });
  }

  #commit(): void {
    const { bufferedMs } = this.#line.ear;
    if (bufferedMs < SHORTEST_COMMIT_MS) {
      throw invalid(
        'Error committing input audio buffer: buffer too small. ' +
          `Expected at least ${SHORTEST_COMMIT_MS}ms of audio, ` +
          `but buffer only has ${bufferedMs.toFixed(2)}ms of audio.`,
        'input_audio_buffer_commit_empty',
      );
    }
    this.#transcribe(this.#turns.commit(this.#line.ear.commit()));
  }

  #speechStarted(audioStartMs: number): void {
    clearTimeout(this.#idleTimer);
    this.#turns.started(audioStartMs);
    if (turnDetection(this.#session)?.interrupt_response !== false) this.#responses.interrupt();
  }

  #answerTurn(itemId: string): void {
    const answers = this.#session.type === 'realtime' && turnDetection(this.#session)?.create_response !== false;
    if (answers) this.#respond(() => this.#responses.answerTurn());
    this.#transcribe(itemId);
  }

  #transcribe(itemId: string): void {
    const transcription = this.#session.audio?.input?.transcription;
    if (this.#session.type === 'transcription') {
      this.#turns.transcribe(itemId, 0, transcription?.model?.includes('diarize'));
    } else if (transcription) {
      this.#turns.transcribe(itemId, TRANSCRIPTION_MS);
    }
  }

  #respond(create: () => void): void {
    create();
    clearTimeout(this.#idleTimer);
  }

  #responseOver(aside: Aside | undefined): void {
    if (aside === 'drop') this.#line.later(DROP_AFTER_MS, () => this.#line.end());
    if (aside === 'expire') this.#expire();
    if (this.#responses.idle) this.#watchIdle();
  }

  /** After `idle_timeout_ms` of silence the service commits it as a turn and answers it. The call goes on. */
  #watchIdle(): void {
    clearTimeout(this.#idleTimer);
    const detection = turnDetection(this.#session);
    const timeout = detection?.type === 'server_vad' ? detection.idle_timeout_ms : null;
    if (!timeout || !this.#responses.idle) return;
    this.#idleTimer = this.#line.later(timeout, () => {
      this.#turns.timedOut(this.#line.ear.commit());
      if (!this.#responses.active) this.#responses.create({});
    });
  }

  #expire(): void {
    this.#emit({ type: 'error', error: { ...EXPIRED.refusal, event_id: null } });
    this.#line.later(GOODBYE_MS, () => this.#line.end());
  }
}
