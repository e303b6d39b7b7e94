import type { Command, Signal, ToolCalled } from '../../protocol/signals.js';
import { untilAborted, within } from '../deadline.js';
import { VoiceToolCallEvent } from '../events.js';
import type { Recorder } from '../record/call-record.js';
import { toolOutput } from './tool-output.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** A tool that takes longer has failed as far as the conversation is concerned; in milliseconds. */
const TOOL_LIMIT = 30_000;

/** What running tools needs of the call. */
export interface ToolHost {
  readonly options: VoiceSessionOptions;
  readonly record: Recorder;
  readonly signal: AbortSignal;
  readonly turns: { respond(): void };
  command(command: Command): void;
}

interface Running {
  readonly call: ToolCalled;
  /** What the model is to be told. */
  output?: string;
  /** The session that is told of it did not make the call. */
  foreign?: boolean;
}

/**
 * Runs the tools that the model calls, side by side. When all calls of a response are answered, the model is
 * asked to go on, once. Whatever goes wrong with a tool is told to the model and never ends the call.
 */
export class ToolRunner {
  readonly #host: ToolHost;
  /** The service announces the same call in up to three events. */
  readonly #seen = new Set<string>();
  /** The calls since the model was last asked to go on. */
  readonly #round = new Set<Running>();
  /** The calls whose answer is on its way. */
  readonly #answered = new Set<Running>();
  #suspended = false;

  constructor(host: ToolHost) {
    this.#host = host;
  }

  get running(): readonly string[] {
    return [...this.#round].filter(({ output }) => output === undefined).map(({ call }) => call.name);
  }

  /** Whether the model is yet to be told of calls, and then to go on. */
  get owed(): boolean {
    return this.#round.size + this.#answered.size > 0;
  }

  receive(signal: Signal): void {
    if (signal.type === 'tool-called') void this.#run(signal);
    if (signal.type !== 'response-ended') return;
    this.#answered.clear();
    this.#goOn();
  }

  /** The session that made the calls is lost; the tools run on. */
  suspend(): void {
    this.#suspended = true;
  }

  /** Another session has taken over: it knows of no call. */
  resume(): void {
    this.#suspended = false;
    for (const running of this.#answered) this.#round.add(running);
    this.#answered.clear();
    for (const running of this.#round) {
      running.foreign = true;
      this.#tell(running);
    }
    this.#goOn();
  }

  async #run(call: ToolCalled): Promise<void> {
    if (this.#seen.has(call.callId)) return;
    this.#seen.add(call.callId);
    const running: Running = { call };
    this.#round.add(running);
    // The answer that the tool is for comes after this response: the visitor is not asked to speak meanwhile.
    this.#host.record.write({ type: 'response-awaited' });
    running.output = await toolOutput(() => this.#execute(call));
    if (this.#host.signal.aborted) return;
    this.#tell(running);
    this.#host.record.changed();
    this.#goOn();
  }

  #tell({ call, output, foreign }: Running): void {
    if (output === undefined || this.#suspended) return;
    this.#host.command({ type: 'tool-output', callId: call.callId, output, call: foreign ? call : undefined });
  }

  async #execute({ name, callId, arguments: json }: ToolCalled): Promise<unknown> {
    const args: unknown = JSON.parse(json || '{}');
    const {
      signal,
      record,
      options: { tools, confirmTool },
    } = this.#host;
    const tool = tools?.find((each) => each.name === name);
    if (tool?.confirm !== undefined) {
      const confirmed = confirmTool?.({ name, question: tool.confirm, signal });
      if (!confirmed || !(await untilAborted(confirmed, signal))) throw new Error('The visitor declined.');
    }
    const slow = () => new Error(`The tool did not answer within ${TOOL_LIMIT / 1000} seconds.`);
    return within(TOOL_LIMIT, signal, slow, async () => {
      let answer: { readonly value: unknown } | undefined;
      const respondWith = (value: unknown): void => void (answer ??= { value });
      record.target.dispatchEvent(new VoiceToolCallEvent({ name, arguments: args, callId, respondWith }));
      if (answer) return answer.value;
      if (tool?.execute) return tool.execute(args);
      throw new Error(`This page has no tool named ${name}.`);
    });
  }

  /** Only when every call of the response is answered, and the response itself has ended: it may call more. */
  #goOn(): void {
    const { generating } = this.#host.record.turn ?? {};
    if (this.#round.size === 0 || this.#suspended || this.running.length > 0 || generating !== undefined) return;
    for (const running of this.#round) this.#answered.add(running);
    this.#round.clear();
    this.#host.turns.respond();
  }
}
