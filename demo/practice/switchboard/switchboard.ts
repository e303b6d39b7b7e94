import type { CallLanguage, CallRequest } from '../call/call-protocol.js';
import { newId } from '../service/new-id.js';
import { ServiceError } from '../service/service-error.js';
import type { Tempo } from '../wire/dialect.js';
import type { CallProcess } from './call-process.js';
import { PlacedCall } from './placed-call.js';
import type { ProcessPool } from './process-pool.js';

export interface SwitchboardOptions {
  processes: ProcessPool;
  /** The tempo of the calls that follow; may be changed. */
  tempo: Tempo;
  scripted: boolean;
}

export interface Offer {
  sdp: string;
  language: CallLanguage;
  channelId: number | undefined;
}

const KEPT_CALLS = 100;

/** Answers the offers of all endpoints, each in a process of its own, and knows all calls. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #calls = new Map<string, PlacedCall>();
  /** Taken from the pool and not gone yet. */
  readonly #running = new Set<CallProcess>();

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  /** Calls that have ended stay known for a while. */
  get calls(): ReadonlyMap<string, PlacedCall> {
    return this.#calls;
  }

  async open({ sdp, language, channelId }: Offer): Promise<{ id: string; answer: string }> {
    const { processes, tempo, scripted } = this.#options;
    const id = newId(language.name === 'live' ? 'live' : 'rtc');
    const process = processes.take();
    this.#running.add(process);
    void process.exited.then(() => this.#running.delete(process));
    try {
      return await this.#answer(process, { id, sdp, language, channelId, tempo, scripted });
    } finally {
      void processes.fill();
    }
  }

  async #answer(process: CallProcess, request: CallRequest): Promise<{ id: string; answer: string }> {
    const answer = await process.commands.open(request).catch((problem: unknown) => {
      console.error('practice server: an offer was not answered:', problem);
      process.kill();
      throw new ServiceError(500, 'The server had an error while processing your request.', null);
    });
    if (answer.kind === 'refused') throw new ServiceError(answer.status, answer.message, answer.code, answer.param);
    this.#keep(new PlacedCall(process, answer.report));
    return { id: request.id, answer: answer.sdp };
  }

  /** The site's server hangs up a visitor's call. */
  async hangUp(id: string): Promise<void> {
    const call = this.#calls.get(id);
    if (!call) throw new ServiceError(404, 'No such call.', 'call_not_found');
    await call.hangUp();
  }

  /** Ends all calls. Resolves when their processes are gone. */
  async close(): Promise<void> {
    await Promise.all([this.#options.processes.close(), ...[...this.#running].map((process) => process.end())]);
  }

  #keep(call: PlacedCall): void {
    this.#calls.set(call.id, call);
    const oldest = [...this.#calls.values()].find(({ ended }) => ended);
    if (this.#calls.size > KEPT_CALLS && oldest) this.#calls.delete(oldest.id);
  }
}
