import type {
  RealtimeResponse,
  RealtimeResponseStatus,
  RealtimeResponseUsage,
} from 'openai/resources/realtime/realtime';
import { Narration } from '../../answers/narration.js';
import { type Reply, type Spoken, textOf } from '../../answers/reply.js';
import { newId } from '../../service/new-id.js';
import type { Utterance } from '../../sound/utterance.js';
import type { CallLine } from '../dialect.js';
import type { Conversation } from './conversation.js';
import { type Modality, ResponseOutput } from './response-output.js';
import type { Emit } from './server-event.js';

export interface ResponseOrder {
  reply: Reply;
  modality: Modality;
  /** Undefined for a response out of band: it leaves nothing in the conversation. */
  conversation: Conversation | undefined;
  /** The fields of the request and the session that the `response` object repeats. */
  echo: Pick<RealtimeResponse, 'metadata' | 'audio' | 'max_output_tokens'>;
  usage(output: { text: string; spokenMs: number }): RealtimeResponseUsage;
  /** The response is done. Its sound may still play. */
  done(): void;
  /** The response is done and its sound has ended. */
  over(): void;
}

const WRITING_MS = 20;

/**
 * One response, from `response.created` to its last sample. As in the service, the generation ends first
 * (`response.done`) and the playback later (`output_audio_buffer.stopped` or `cleared`).
 */
export class ResponseRun {
  readonly id = newId('resp');
  readonly #order: ResponseOrder;
  readonly #line: CallLine;
  readonly #emit: Emit;
  readonly #output: ResponseOutput;
  #generating = true;
  #utterance: Utterance | undefined;
  #narration: Narration | undefined;
  #cleared = false;

  constructor(order: ResponseOrder, line: CallLine, emit: Emit) {
    this.#order = order;
    this.#line = line;
    this.#emit = emit;
    this.#output = new ResponseOutput(this.id, order.modality, order.conversation, emit);
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

  /** Stops the generation. The sound that has been generated is still played. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): void {
    if (!this.#generating) return;
    const utterance = this.#utterance;
    const playing = utterance?.started && !this.#cleared;
    if (playing) utterance.cutAt(utterance.playedMs + this.#line.tempo.leadMs);
    else utterance?.stop();
    this.#closeMessage('incomplete');
    this.#finish('cancelled', { type: 'cancelled', reason });
    if (!playing) this.#order.over();
  }

  /** Drops the sound that has not been played yet. The generation goes on. */
  clear(): void {
    const utterance = this.#utterance;
    if (!utterance?.started || utterance.over || this.#cleared) return;
    this.#cleared = true;
    this.#emit({ type: 'output_audio_buffer.cleared', response_id: this.id });
    this.#output.truncateMessage(Math.round(utterance.playedMs));
    if (this.#generating) {
      utterance.mute();
    } else {
      utterance.stop();
      this.#order.over();
    }
  }

  #generate(): void {
    const { spoken, calls = [], failure } = this.#order.reply;
    if (failure) return this.#finishWithoutSound('failed', { type: 'failed', error: failure });
    for (const call of calls) this.#output.addCall(call);
    if (spoken.length === 0) return this.#finishWithoutSound('completed', { type: 'completed' });
    this.#output.openMessage();
    if (this.#order.modality === 'text') return this.#write(spoken);
    this.#speak(spoken).catch((problem: unknown) => {
      if (!this.#generating) return;
      console.error('practice server: the speech synthesis failed:', problem);
      this.#closeMessage('incomplete');
      const error = { type: 'server_error', code: 'server_error' };
      this.#finishWithoutSound('failed', { type: 'failed', error });
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
    for (const { text } of narration.wordsUntil(generatedMs)) this.#output.addWords(text);
    if (!narration.finished || generatedMs < narration.madeMs) return;
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
        return this.#finishWithoutSound('completed', { type: 'completed' });
      }
      this.#output.addWords(word);
      this.#line.later(WRITING_MS, next);
    };
    next();
  }

  #closeMessage(status: 'completed' | 'incomplete'): void {
    this.#output.closeMessage(status, !this.#cleared);
  }

  #finishWithoutSound(status: 'completed' | 'failed', details: RealtimeResponseStatus): void {
    this.#utterance?.stop();
    this.#finish(status, details);
    this.#order.over();
  }

  #finish(status: 'completed' | 'cancelled' | 'failed', details: RealtimeResponseStatus): void {
    this.#generating = false;
    const playedMs = this.#utterance ? this.#utterance.playedMs + this.#line.tempo.leadMs : 0;
    const calls = this.#order.reply.calls ?? [];
    const text = this.#output.text + calls.map((call) => call.name + call.arguments).join('');
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
      output: this.#output.items,
      output_modalities: [modality],
      ...echo,
      ...(conversation ? { conversation_id: conversation.id } : {}),
    };
  }
}
