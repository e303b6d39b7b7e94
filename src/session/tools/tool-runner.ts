import { VoiceError } from '../../errors.js';
import type { Command, Signal, ToolCalled } from '../../protocol/signals.js';
import { untilAborted, within } from '../deadline.js';
import { VoiceErrorEvent, VoiceToolCallEvent } from '../events.js';
import type { CallRecord } from '../record/call-record.js';
import { PageAnswer } from './page-answer.js';
import { toolError, toolOutput } from './tool-output.js';
import type { Suggestion } from '../suggestion.js';
import type { Tool, ToolConfirmation } from './tools.js';

/** A tool that takes longer has failed, as far as the conversation is concerned; in milliseconds. */
const TIME_LIMIT = 30_000;
/** Longer arguments are not told to another session, because every channel must carry them; in characters. */
const MAX_ARGUMENTS = 8_000;

/** What running tools needs of the call. */
export interface ToolHost {
  readonly options: {
    readonly tools?: readonly Tool[];
    readonly confirmTool?: (confirmation: ToolConfirmation) => Promise<boolean>;
    readonly showSuggestions?: (suggestions: readonly Suggestion[]) => void;
    readonly showNode?: (node: Element) => boolean;
  };
  readonly record: CallRecord;
  readonly signal: AbortSignal;
  readonly turns: { readonly isResponseDue: boolean; requestResponseAfterTurn(): void };
  command(command: Command): void;
}

/**
 * How far a call is. What is with the visitor, for consent or an answer to what is shown, has no time limit; it is
 * `left` there once another response has begun since.
 */
type Progress =
  | { readonly step: 'at-work' | 'with-visitor' | 'left-with-visitor' }
  /** `output`: the result for the model. */
  | { readonly step: 'done'; readonly output: string };

interface PendingCall {
  readonly call: ToolCalled;
  progress: Progress;
  /** Whether the session that gets the output is another one than that which made the call. */
  isFromLostSession?: boolean;
}

/**
 * Runs the tools that the model calls, side by side. When every tool at work has its output, the model is asked to go
 * on, once; it does not wait for the visitor. The model is told of an error in a tool; it never ends the call.
 */
export class ToolRunner {
  readonly #host: ToolHost;
  /** The ids of all calls. The service announces the same call in up to three events. */
  readonly #seen = new Set<string>();
  /** The calls whose outputs the model was not asked to answer yet. */
  readonly #pending = new Set<PendingCall>();
  /** The calls whose outputs the model was asked to answer and has not answered yet. */
  readonly #submitted = new Set<PendingCall>();
  #executing = 0;
  #isSuspended = false;

  constructor(host: ToolHost) {
    this.#host = host;
    host.signal.addEventListener('abort', () => {
      this.#pending.clear();
      this.#submitted.clear();
    });
  }

  /** The names of the tools at work. */
  get running(): readonly string[] {
    return [...this.#pending].filter(({ progress }) => progress.step === 'at-work').map(({ call }) => call.name);
  }

  /** The calls that the model will be asked to answer, whatever the visitor does. */
  get #withoutVisitor(): readonly PendingCall[] {
    return this.#awaited.filter(({ progress }) => progress.step !== 'with-visitor');
  }

  /** Nobody waits for what is still with the visitor when the conversation goes on. Its answer may come later. */
  get #awaited(): readonly PendingCall[] {
    return [...this.#pending].filter(({ progress }) => progress.step !== 'left-with-visitor');
  }

  /** Whether a tool is at work within its time limit. One that waits for the visitor's consent is not. */
  get isExecuting(): boolean {
    return this.#executing > 0;
  }

  /** Whether there are calls that the model has not answered yet. */
  get hasUnansweredCalls(): boolean {
    return this.#awaited.length + this.#submitted.size > 0;
  }

  /** Whether the model will be asked to go on after this response, because it has called tools. */
  get willContinue(): boolean {
    return this.#awaited.length > 0;
  }

  receive(signal: Signal): void {
    if (signal.type === 'tool-called') void this.#run(signal);
    if (signal.type === 'response-started') this.#leaveToVisitor();
    if (signal.type === 'response-ended') this.#submitted.clear();
    // Any signal may be the end of what the request had to wait for.
    this.#continueResponse();
  }

  /** The session that made the calls is lost. Tools run on, and their outputs wait for the next session. */
  suspend(): void {
    this.#isSuspended = true;
  }

  /** A new session has taken over. It does not know the calls, so it is told of them with their outputs. */
  resume(): void {
    this.#isSuspended = false;
    for (const pending of this.#submitted) this.#pending.add(pending);
    this.#submitted.clear();
    for (const pending of this.#pending) {
      pending.isFromLostSession = true;
      this.#sendOutput(pending);
    }
    this.#continueResponse();
    this.#report();
  }

  #leaveToVisitor(): void {
    for (const pending of this.#pending)
      if (pending.progress.step === 'with-visitor') pending.progress = { step: 'left-with-visitor' };
  }

  async #run(call: ToolCalled): Promise<void> {
    if (this.#seen.has(call.callId)) return this.#report();
    this.#seen.add(call.callId);
    const pending: PendingCall = { call, progress: { step: 'at-work' } };
    this.#pending.add(pending);
    pending.progress = { step: 'done', output: await toolOutput(() => this.#execute(pending)) };
    if (this.#host.signal.aborted) return;
    this.#sendOutput(pending);
    this.#continueResponse();
    this.#report();
  }

  /** While only the visitor is awaited, the state invites them to speak. */
  #report(): void {
    const { record } = this.#host;
    record.write({ type: 'tools-changed', working: this.#withoutVisitor.length > 0 });
    record.changed();
  }

  #sendOutput({ call, progress, isFromLostSession }: PendingCall): void {
    if (progress.step !== 'done' || this.#isSuspended) return;
    const { callId } = call;
    const args = call.arguments;
    // A new session needs the output more than the arguments.
    const told = isFromLostSession ? { ...call, arguments: args.length > MAX_ARGUMENTS ? '{}' : args } : undefined;
    const send = (output: string) => this.#host.command({ type: 'tool-output', callId, output, call: told });
    try {
      send(progress.output);
    } catch (tooLarge) {
      send(toolError(tooLarge));
    }
  }

  async #execute(pending: PendingCall): Promise<unknown> {
    const { name, callId, arguments: json } = pending.call;
    const args: unknown = JSON.parse(json || '{}');
    const { signal, record, options } = this.#host;
    const tool = options.tools?.find((each) => each.name === name);
    if (tool?.confirm != null) await this.#confirm(pending, tool.confirm, args);
    signal.throwIfAborted();
    const answer = new PageAnswer(this.#host);
    const { respondWith, show } = answer;
    record.target.dispatchEvent(new VoiceToolCallEvent({ name, arguments: args, callId, respondWith, show }));
    const step = async (): Promise<unknown> => {
      if (answer.isGiven) return answer.value;
      if (tool?.execute) return tool.execute(args);
      if (answer.hasShown) return answer.value;
      throw new Error(`Nothing on this page answers the tool ${name}.`);
    };
    answer.eventEnded();
    pending.progress = { step: answer.hasShown ? 'with-visitor' : 'at-work' };
    this.#report();
    if (answer.hasShown) return untilAborted(step(), signal);
    const expired = () => new Error(`The tool did not answer within ${TIME_LIMIT / 1000} seconds.`);
    this.#executing += 1;
    return within(TIME_LIMIT, signal, expired, step).finally(() => (this.#executing -= 1));
  }

  /** Rejects unless the visitor agrees. */
  async #confirm(pending: PendingCall, confirm: NonNullable<Tool['confirm']>, args: unknown): Promise<void> {
    const { signal, options } = this.#host;
    const { name } = pending.call;
    const question = this.#question(name, confirm, args);
    pending.progress = { step: 'with-visitor' };
    this.#report();
    const confirmed = options.confirmTool?.({ name, question, arguments: args, signal });
    if (!confirmed || !(await untilAborted(confirmed, signal))) throw new Error('The visitor declined.');
  }

  /** A question that cannot be made is an error of the page: it is told, and the tool must not run. */
  #question(name: string, confirm: NonNullable<Tool['confirm']>, args: unknown): string {
    let cause: unknown;
    try {
      const question: unknown = typeof confirm === 'function' ? confirm(args) : confirm;
      if (typeof question === 'string' && question.trim()) return question;
      // An async function makes no text; that it fails besides is not reported apart.
      void Promise.resolve(question).catch(() => {});
    } catch (thrown) {
      cause = thrown;
    }
    const error = new VoiceError('configuration', `confirm of the tool ${name} made no question.`, { cause });
    this.#host.record.target.dispatchEvent(new VoiceErrorEvent({ error }));
    throw error;
  }

  /**
   * Asks the model to go on once every tool at work has its output, and no response is under way or on its way: that
   * may call more, and knows only what it was sent before.
   */
  #continueResponse(): void {
    const { record, turns } = this.#host;
    const answered = this.#withoutVisitor;
    const isResponding = record.turn?.generating !== undefined || turns.isResponseDue;
    if (answered.length === 0 || this.#isSuspended || this.running.length > 0 || isResponding) return;
    for (const pending of answered) {
      this.#pending.delete(pending);
      this.#submitted.add(pending);
    }
    turns.requestResponseAfterTurn();
    this.#report();
  }
}
