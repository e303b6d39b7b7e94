import type {
  ConversationItem,
  RealtimeConversationItemAssistantMessage,
  RealtimeResponse,
  RealtimeResponseStatus,
  RealtimeResponseUsage,
} from 'openai/resources/realtime/realtime';
import type { Conversation } from './conversation.js';
import type { CallLine } from '../../call/dialect.js';
import { Narration } from '../../answers/narration.js';
import type { Utterance } from '../../sound/playback.js';
import { type Reply, type Spoken, textOf, type ToolCall } from '../../answers/replies.js';
import { type Emit, newId } from './server-event.js';

export interface ResponseOrder {
  reply: Reply;
  modality: 'audio' | 'text';
  /** Undefined = out of band: the answer leaves no trace in the conversation. */
  conversation: Conversation | undefined;
  /** What of the request and the session comes back in the `response` object. */
  echo: Pick<RealtimeResponse, 'metadata' | 'audio' | 'max_output_tokens'>;
  usage(output: { text: string; spokenMs: number }): RealtimeResponseUsage;
  /** The response is done; its sound may go on. */
  done(): void;
  /** Nothing of it is left to do or to hear. */
  over(): void;
}

type AssistantItem = RealtimeConversationItemAssistantMessage & { id: string };

const WRITING_MS = 20;

/**
 * One response, from `response.created` to the last sample. Two things end at different times, as in the service:
 * the generation (`response.done`) and, later, the playback (`output_audio_buffer.stopped` or `cleared`).
 */
export class ResponseRun {
  readonly id = newId('resp');
  readonly #order: ResponseOrder;
  readonly #line: CallLine;
  readonly #emit: Emit;
  readonly #output: ConversationItem[] = [];
  #generating = true;
  #message: AssistantItem | undefined;
  #utterance: Utterance | undefined;
  #narration: Narration | undefined;
  #text = '';
  #cleared = false;

  constructor(order: ResponseOrder, line: CallLine, emit: Emit) {
    this.#order = order;
    this.#line = line;
    this.#emit = emit;
  }

  get generating(): boolean {
    return this.#generating;
  }

  get inBand(): boolean {
    return this.#order.conversation !== undefined;
  }

  begin(): void {
    this.#emit({ type: 'response.created', response: this.#resource('in_progress') });
    this.#emit({
      type: 'rate_limits.updated',
      rate_limits: [
        { name: 'requests', limit: 1000, remaining: 999, reset_seconds: 0.06 },
        { name: 'tokens', limit: 50_000, remaining: 48_500, reset_seconds: 1.8 },
      ],
    });
    this.#line.later(this.#order.reply.afterMs ?? this.#line.tempo.thinkingMs, () => {
      if (this.#generating) this.#generate();
    });
  }

  /** Stops the generation; what was made of the sound until now is still played. False when there is none. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): boolean {
    if (!this.#generating) return false;
    const utterance = this.#utterance;
    const playing = utterance?.started && !this.#cleared;
    if (playing) utterance.cutAt(utterance.playedMs + this.#line.tempo.leadMs);
    else utterance?.stop();
    this.#closeMessage('incomplete');
    this.#finish('cancelled', { type: 'cancelled', reason });
    if (!playing) this.#order.over();
    return true;
  }

  /** Drops the sound that has not been heard. The generation is another matter. */
  clear(): boolean {
    const utterance = this.#utterance;
    const message = this.#message;
    if (!utterance?.started || utterance.over || this.#cleared || !message) return false;
    this.#cleared = true;
    this.#emit({ type: 'output_audio_buffer.cleared', response_id: this.id });
    const audio_end_ms = Math.round(utterance.playedMs);
    this.#emit({ type: 'conversation.item.truncated', item_id: message.id, content_index: 0, audio_end_ms });
    for (const part of message.content) delete part.transcript;
    if (this.#generating) {
      utterance.mute();
    } else {
      utterance.stop();
      this.#order.over();
    }
    return true;
  }

  #generate(): void {
    const { spoken, calls, failure } = this.#order.reply;
    if (failure) return this.#finishSilently('failed', { type: 'failed', error: failure });
    for (const call of calls ?? []) this.#call(call);
    if (spoken.length === 0) return this.#finishSilently('completed', { type: 'completed' });
    this.#openMessage();
    if (this.#order.modality === 'text') return this.#write(spoken);
    this.#speak(spoken).catch((problem: unknown) => {
      if (!this.#generating) return;
      console.error('practice server: no speech:', problem);
      this.#closeMessage('incomplete');
      this.#finishSilently('failed', { type: 'failed', error: { type: 'server_error', code: 'server_error' } });
    });
  }

  async #speak(spoken: Spoken[]): Promise<void> {
    const utterance = this.#line.playback.open({
      started: () => this.#emit({ type: 'output_audio_buffer.started', response_id: this.id }),
      progressed: (playedMs) => this.#progress(playedMs),
      drained: () => this.#drained(),
    });
    this.#utterance = utterance;
    this.#narration = new Narration(utterance);
    await this.#narration.make(spoken, this.#line.speech, () => this.#generating);
  }

  #progress(playedMs: number): void {
    const narration = this.#narration;
    if (!this.#generating || !narration) return;
    const generatedMs = playedMs + this.#line.tempo.leadMs;
    for (const { text } of narration.wordsUntil(generatedMs)) this.#delta(text);
    if (!narration.told || generatedMs < narration.madeMs) return;
    this.#closeMessage('completed');
    this.#finish('completed', { type: 'completed' });
  }

  #drained(): void {
    if (!this.#cleared) this.#emit({ type: 'output_audio_buffer.stopped', response_id: this.id });
    this.#order.over();
  }

  #write(spoken: Spoken[]): void {
    const words = textOf(spoken).match(/\S+\s*/g) ?? [];
    const next = () => {
      if (!this.#generating) return;
      const word = words.shift();
      if (word === undefined) {
        this.#closeMessage('completed');
        return this.#finishSilently('completed', { type: 'completed' });
      }
      this.#delta(word);
      this.#line.later(WRITING_MS, next);
    };
    next();
  }

  #delta(delta: string): void {
    this.#text += delta;
    const type =
      this.#order.modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    this.#emit({ type, ...this.#part(), delta });
  }

  #part() {
    const item_id = this.#message?.id ?? '';
    return { response_id: this.id, item_id, output_index: this.#output.length - 1, content_index: 0 };
  }

  #openMessage(): void {
    const message: AssistantItem = {
      id: newId('item'),
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    };
    this.#message = message;
    this.#added(message);
    const part =
      this.#order.modality === 'audio'
        ? { type: 'audio' as const, transcript: '' }
        : { type: 'text' as const, text: '' };
    this.#emit({ type: 'response.content_part.added', ...this.#part(), part });
  }

  #closeMessage(status: 'completed' | 'incomplete'): void {
    const message = this.#message;
    if (!message) return;
    const text = this.#text;
    if (this.#order.modality === 'audio') {
      this.#emit({ type: 'response.output_audio.done', ...this.#part() });
      this.#emit({ type: 'response.output_audio_transcript.done', ...this.#part(), transcript: text });
      this.#emit({ type: 'response.content_part.done', ...this.#part(), part: { type: 'audio', transcript: text } });
      message.content = [this.#cleared ? { type: 'output_audio' } : { type: 'output_audio', transcript: text }];
    } else {
      this.#emit({ type: 'response.output_text.done', ...this.#part(), text });
      this.#emit({ type: 'response.content_part.done', ...this.#part(), part: { type: 'text', text } });
      message.content = [{ type: 'output_text', text }];
    }
    message.status = status;
    this.#itemDone(message);
  }

  #call({ name, arguments: given }: ToolCall): void {
    const item = {
      id: newId('item'),
      object: 'realtime.item' as const,
      type: 'function_call' as const,
      status: 'in_progress' as 'in_progress' | 'completed',
      call_id: newId('call'),
      name,
      arguments: '',
    };
    this.#added(item);
    const at = { response_id: this.id, item_id: item.id, output_index: this.#output.length - 1, call_id: item.call_id };
    for (const delta of given.match(/.{1,12}/gs) ?? [])
      this.#emit({ type: 'response.function_call_arguments.delta', ...at, delta });
    item.arguments = given;
    item.status = 'completed';
    this.#emit({ type: 'response.function_call_arguments.done', ...at, name, arguments: given });
    this.#itemDone(item);
  }

  #added(item: ConversationItem & { id: string }): void {
    this.#output.push(item);
    this.#emit({
      type: 'response.output_item.added',
      response_id: this.id,
      output_index: this.#output.length - 1,
      item,
    });
    const { conversation } = this.#order;
    if (conversation) this.#emit({ type: 'conversation.item.added', previous_item_id: conversation.add(item), item });
  }

  #itemDone(item: ConversationItem & { id: string }): void {
    this.#emit({
      type: 'response.output_item.done',
      response_id: this.id,
      output_index: this.#output.length - 1,
      item,
    });
    const before = this.#order.conversation?.before(item.id);
    if (before !== undefined) this.#emit({ type: 'conversation.item.done', previous_item_id: before, item });
  }

  #finishSilently(status: 'completed' | 'failed', details: RealtimeResponseStatus): void {
    this.#utterance?.stop();
    this.#finish(status, details);
    this.#order.over();
  }

  #finish(status: 'completed' | 'cancelled' | 'failed', details: RealtimeResponseStatus): void {
    this.#generating = false;
    const playedMs = this.#utterance ? this.#utterance.playedMs + this.#line.tempo.leadMs : 0;
    const text = this.#text + (this.#order.reply.calls ?? []).map((call) => call.name + call.arguments).join('');
    const usage = this.#order.usage({ text, spokenMs: Math.min(playedMs, this.#narration?.madeMs ?? 0) });
    this.#emit({ type: 'response.done', response: { ...this.#resource(status), status_details: details, usage } });
    this.#order.done();
  }

  #resource(status: NonNullable<RealtimeResponse['status']>): RealtimeResponse {
    const { conversation, echo, modality } = this.#order;
    return {
      object: 'realtime.response',
      id: this.id,
      status,
      output: this.#output,
      output_modalities: [modality],
      ...echo,
      ...(conversation ? { conversation_id: conversation.id } : {}),
    };
  }
}
