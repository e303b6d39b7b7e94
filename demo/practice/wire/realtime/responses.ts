import type { RealtimeResponseCreateParams, RealtimeSessionCreateRequest } from 'openai/resources/realtime/realtime';
import type { Aside, Reply } from '../../answers/reply.js';
import { replyTo } from '../../answers/reply-to.js';
import { newId } from '../../service/new-id.js';
import { invalid, REQUESTED_ERROR } from '../../service/service-error.js';
import type { StoredItem } from '../../service/stored-item.js';
import type { CallLine } from '../dialect.js';
import type { Conversation } from './conversation.js';
import { type ResponseOrder, ResponseRun } from './response-run.js';
import type { Emit } from './server-event.js';
import { type SessionConfig, voiceName } from './session-config.js';
import type { Turns } from './turns.js';
import { Usage } from './usage.js';

export interface ResponsesContext {
  line: CallLine;
  conversation: Conversation;
  turns: Turns;
  emit: Emit;
  session(): SessionConfig;
  /** Called when a response is over. @param aside what the reply asks for besides its words */
  over(aside: Aside | undefined): void;
}

/** All responses of a session. Only one of them may be generating in band at a time. */
export class Responses {
  readonly #context: ResponsesContext;
  readonly #usage = new Usage();
  readonly #runs = new Set<ResponseRun>();
  #hasSpoken = false;
  #turnIsWaiting = false;

  constructor(context: ResponsesContext) {
    this.#context = context;
  }

  /** Whether the session has used its voice, which then cannot be changed any more. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  get active(): ResponseRun | undefined {
    return [...this.#runs].find((run) => run.inBand && run.generating);
  }

  /** Nothing is generating or playing. */
  get idle(): boolean {
    return this.#runs.size === 0;
  }

  create(asked: RealtimeResponseCreateParams): void {
    const session = this.#context.session();
    if (session.type !== 'realtime') {
      throw invalid('A transcription session has no responses.', 'invalid_value', 'type');
    }
    const active = this.active;
    if (active && asked.conversation !== 'none') {
      throw invalid(
        `Conversation already has an active response in progress: ${active.id}. ` +
          'Wait until the response is finished before creating a new one.',
        'conversation_already_has_active_response',
      );
    }
    const { emit, line } = this.#context;
    const reply = this.#replyTo(asked, session);
    const run: ResponseRun = new ResponseRun(
      this.#order(asked, session, reply, () => {
        this.#runs.delete(run);
        this.#context.over(reply.aside);
      }),
      line,
      emit,
    );
    this.#runs.add(run);
    if (reply.aside === 'error') emit({ type: 'error', error: { ...REQUESTED_ERROR.refusal, event_id: null } });
    run.begin();
  }

  /** Answers the turn that has just been committed, after the active response if there is one. */
  answerTurn(): void {
    if (this.active) this.#turnIsWaiting = true;
    else this.create({});
  }

  /** @param id undefined for the active response */
  cancel(id: string | undefined): void {
    const run = id ? [...this.#runs].find((each) => each.generating && each.id === id) : this.active;
    if (!run) throw invalid('Cancellation failed: no active response found', 'response_cancel_not_active');
    run.cancel('client_cancelled');
  }

  clearSound(): void {
    for (const run of this.#runs) run.clear();
  }

  /** The caller has begun to speak. */
  interrupt(): void {
    for (const run of this.#runs) {
      run.clear();
      if (run.inBand) run.cancel('turn_detected');
    }
  }

  #order(
    asked: RealtimeResponseCreateParams,
    session: RealtimeSessionCreateRequest,
    reply: Reply,
    over: () => void,
  ): ResponseOrder {
    const { conversation, turns } = this.#context;
    const modality = (asked.output_modalities ?? session.output_modalities)?.[0] ?? 'audio';
    const format = { type: 'audio/pcm', rate: 24_000 } as const;
    const audio = { output: { format, voice: voiceName(asked, session) } };
    const input = this.#usage.measure(
      asked.instructions ?? session.instructions ?? '',
      asked.input ?? conversation.items,
      (item) => (item.id ? (turns.recordingOf(item.id)?.speechMs ?? 0) : 0),
    );
    this.#hasSpoken ||= modality === 'audio';
    return {
      reply,
      modality,
      conversation: asked.conversation === 'none' ? undefined : conversation,
      echo: {
        metadata: asked.metadata ?? null,
        max_output_tokens: asked.max_output_tokens ?? session.max_output_tokens ?? 'inf',
        ...(modality === 'audio' ? { audio } : {}),
      },
      usage: (output) => this.#usage.report(input, output),
      done: () => this.#answerWaitingTurn(),
      over,
    };
  }

  #replyTo(asked: RealtimeResponseCreateParams, session: RealtimeSessionCreateRequest): Reply {
    const { conversation, turns } = this.#context;
    const given = asked.input?.map((item) => ({ ...item, id: item.id ?? newId('item') }) as StoredItem);
    if (asked.conversation === 'none' && asked.instructions && !given?.length) {
      return { spoken: [{ say: `You asked on the side: ${asked.instructions}` }] };
    }
    return replyTo({
      items: given ?? conversation.spoken,
      tools: asked.tools ?? session.tools ?? [],
      recordingOf: turns.recordingOf,
    });
  }

  #answerWaitingTurn(): void {
    if (!this.#turnIsWaiting) return;
    this.#turnIsWaiting = false;
    this.create({});
  }
}
