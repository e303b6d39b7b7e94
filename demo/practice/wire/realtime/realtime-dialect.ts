import type {
  ConversationItemCreateEvent,
  RealtimeClientEvent,
  RealtimeResponseCreateParams,
  RealtimeSessionCreateRequest,
  RealtimeToolsConfig,
} from 'openai/resources/realtime/realtime';
import { parseClientEvent } from './client-event.js';
import { Conversation, type StoredItem } from './conversation.js';
import type { CallLine, Dialect } from '../../call/dialect.js';
import type { Turn } from '../../sound/ear.js';
import { FrameStream } from '../../sound/pcm.js';
import { type Aside, type Reply, replyTo, type ReplyContext } from '../../answers/replies.js';
import { ResponseRun } from './response-run.js';
import { newId, type OutgoingEvent, withId } from './server-event.js';
import { HARMLESS, invalid, ServiceError } from '../../http/service-error.js';
import {
  merged,
  newSession,
  readSession,
  refuseChange,
  type SessionConfig,
  type SessionRequest,
  turnDetection,
  turnRules,
  voiceName,
} from './session-config.js';
import { Turns } from './turns.js';
import { Usage } from './usage.js';

const SHORTEST_COMMIT_MS = 100;
/** The transcript of a turn comes after the answer to it has begun, as a rule. */
const TRANSCRIPTION_MS = 400;
const DROP_AFTER_MS = 1000;
const EXPIRED = invalid('Your session hit the maximum duration of 60 minutes.', 'session_expired');

/** The Realtime API's events: both the conversation and the transcription kind of session. */
export class RealtimeDialect implements Dialect {
  readonly #line: CallLine;
  readonly #conversation = new Conversation();
  readonly #turns: Turns;
  readonly #usage = new Usage();
  readonly #appended: FrameStream;
  readonly #runs = new Set<ResponseRun>();
  #session: SessionConfig;
  #hasSpoken = false;
  #owesResponse = false;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(line: CallLine, session: SessionRequest) {
    this.#line = line;
    this.#session = newSession(session, newId('sess'), Math.floor((Date.now() + line.tempo.sessionMs) / 1000));
    this.#turns = new Turns(this.#conversation, this.#emit, (ms, action) => line.later(ms, action));
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
    this.#line.end();
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
      case 'input_audio_buffer.append': {
        const bytes = Buffer.from(event.audio, 'base64');
        const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2));
        return this.#appended.push(samples, 24_000, 1);
      }
      case 'input_audio_buffer.clear':
        this.#line.ear.clear();
        return this.#emit({ type: 'input_audio_buffer.cleared' });
      case 'input_audio_buffer.commit':
        return this.#commit();
      case 'output_audio_buffer.clear':
        for (const run of this.#runs) run.clear();
        return;
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
        return this.#respond(event.response ?? {});
      case 'response.cancel': {
        const run = [...this.#runs].find(
          ({ id, generating, inBand }) => generating && (event.response_id ? id === event.response_id : inBand),
        );
        if (!run) throw invalid('Cancellation failed: no active response found', 'response_cancel_not_active');
        run.cancel('client_cancelled');
      }
    }
  }

  #updateSession(asked: SessionRequest): void {
    refuseChange(this.#session, asked, this.#hasSpoken);
    this.#session = merged(this.#session, asked);
    this.#line.ear.rules = turnRules(this.#session);
    this.#emit({ type: 'session.updated', session: this.#session });
    this.#watchIdle();
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
        `Error committing input audio buffer: buffer too small. Expected at least ${SHORTEST_COMMIT_MS}ms of audio, but buffer only has ${bufferedMs.toFixed(2)}ms of audio.`,
        'input_audio_buffer_commit_empty',
      );
    }
    const itemId = this.#turns.commit(this.#line.ear.commit());
    this.#transcribe(itemId);
  }

  #speechStarted(audioStartMs: number): void {
    clearTimeout(this.#idleTimer);
    this.#turns.started(audioStartMs);
    if (turnDetection(this.#session)?.interrupt_response === false) return;
    for (const run of this.#runs) {
      run.clear();
      if (run.inBand) run.cancel('turn_detected');
    }
  }

  #answerTurn(itemId: string): void {
    if (this.#session.type === 'realtime' && turnDetection(this.#session)?.create_response !== false) {
      if (this.#active) this.#owesResponse = true;
      else this.#respond({});
    }
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

  get #active(): ResponseRun | undefined {
    return [...this.#runs].find((run) => run.inBand && run.generating);
  }

  #respond(asked: RealtimeResponseCreateParams): void {
    const session = this.#session;
    if (session.type !== 'realtime')
      throw invalid('A transcription session has no responses.', 'invalid_value', 'type');
    const inBand = asked.conversation !== 'none';
    const active = this.#active;
    if (inBand && active) {
      throw invalid(
        `Conversation already has an active response in progress: ${active.id}. Wait until the response is finished before creating a new one.`,
        'conversation_already_has_active_response',
      );
    }
    clearTimeout(this.#idleTimer);
    const reply = this.#replyTo(asked, session);
    const modality = (asked.output_modalities ?? session.output_modalities)?.[0] ?? 'audio';
    const read = this.#usage.measure(
      asked.instructions ?? session.instructions ?? '',
      asked.input ?? this.#conversation.items,
      (item) => (item.id ? (this.#turns.recordingOf(item.id)?.speechMs ?? 0) : 0),
    );
    const run: ResponseRun = new ResponseRun(
      {
        reply,
        modality,
        conversation: inBand ? this.#conversation : undefined,
        echo: {
          metadata: asked.metadata ?? null,
          max_output_tokens: asked.max_output_tokens ?? session.max_output_tokens ?? 'inf',
          ...(modality === 'audio'
            ? { audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: voiceName(asked, session) } } }
            : {}),
        },
        usage: (output) => this.#usage.report(read, output),
        done: () => this.#payResponse(),
        over: () => this.#responseOver(run, reply.aside),
      },
      this.#line,
      this.#emit,
    );
    this.#runs.add(run);
    this.#hasSpoken ||= modality === 'audio';
    if (reply.aside === 'error') this.#emit({ type: 'error', error: { ...HARMLESS.refusal, event_id: null } });
    run.begin();
  }

  #replyTo(asked: RealtimeResponseCreateParams, session: RealtimeSessionCreateRequest): Reply {
    const given = asked.input?.map((item) => ({ ...item, id: item.id ?? newId('item') }) as StoredItem);
    const tools: RealtimeToolsConfig = asked.tools ?? session.tools ?? [];
    const context: ReplyContext = {
      items: given ?? this.#conversation.spoken,
      tools,
      recordingOf: this.#turns.recordingOf,
    };
    if (asked.conversation === 'none' && asked.instructions && !given?.length) {
      return { spoken: [{ say: `You asked on the side: ${asked.instructions}` }] };
    }
    return replyTo(context);
  }

  #payResponse(): void {
    if (!this.#owesResponse) return;
    this.#owesResponse = false;
    this.#respond({});
  }

  #responseOver(run: ResponseRun, aside: Aside | undefined): void {
    this.#runs.delete(run);
    if (aside === 'drop') this.#line.later(DROP_AFTER_MS, () => this.#line.end());
    if (aside === 'expire') this.#expire();
    if (this.#runs.size === 0) this.#watchIdle();
  }

  /** `idle_timeout_ms` is no cut-off: the service commits the silence and asks whether somebody is there. */
  #watchIdle(): void {
    clearTimeout(this.#idleTimer);
    const detection = turnDetection(this.#session);
    const timeout = detection?.type === 'server_vad' ? detection.idle_timeout_ms : null;
    if (!timeout || this.#runs.size > 0) return;
    this.#idleTimer = this.#line.later(timeout, () => {
      const turn: Turn = this.#line.ear.commit();
      this.#turns.timedOut(turn);
      if (!this.#active) this.#respond({});
    });
  }

  #expire(): void {
    this.#emit({ type: 'error', error: { ...EXPIRED.refusal, event_id: null } });
    // The message must leave before the connection does.
    this.#line.later(100, () => this.#line.end());
  }
}
