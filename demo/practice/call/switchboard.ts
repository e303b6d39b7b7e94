import { Call } from './call.js';
import type { DialectFactory, Tempo } from './dialect.js';
import { ServiceError } from '../http/service-error.js';
import type { Speech } from '../sound/speech.js';

export interface SwitchboardOptions {
  speech: Speech;
  tempo: Tempo;
  scripted: boolean;
}

export interface CallRequest {
  sdp: string;
  dialect: DialectFactory;
  channelId: number | undefined;
  idPrefix: 'rtc' | 'live';
}

const KEPT_CALLS = 100;

/** Answers calls and knows them all, whichever endpoint they came in at. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #calls = new Map<string, Call>();

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  get calls(): ReadonlyMap<string, Call> {
    return this.#calls;
  }

  async open({ sdp, ...request }: CallRequest): Promise<{ id: string; answer: string }> {
    const call = new Call({ ...this.#options, ...request });
    const answer = await call.answer(sdp);
    this.#keep(call);
    return { id: call.id, answer };
  }

  /** What a site's server does to a visitor's call. */
  hangUp(id: string): void {
    const call = this.#calls.get(id);
    if (!call) throw new ServiceError(404, 'No such call.', 'call_not_found');
    call.hangUp();
  }

  close(): void {
    for (const call of this.#calls.values()) call.end();
  }

  /** Ended calls stay visible for a while. */
  #keep(call: Call): void {
    this.#calls.set(call.id, call);
    const oldest = [...this.#calls.values()].find(({ ended }) => ended);
    if (this.#calls.size > KEPT_CALLS && oldest) this.#calls.delete(oldest.id);
  }
}
