import { tryHangUp } from '../hang-up-tries.js';
import type { CallClaims, GuardedCall } from './call-claims.js';

/** After so many failures another guard may try, which may reach the service. */
const TRIES_PER_CLAIM = 3;

export interface EndingsHost {
  readonly claims: CallClaims;
  /** The name of the guard in the claims. */
  readonly owner: string;
  /** Ends a call at the service; false if the service knows no such call. */
  endOf(callId: string): Promise<boolean>;
  log(...what: unknown[]): void;
}

/** `over`: the service knew no such call. `given-up`: no try is left. `left`: another guard may take it over. */
export type EndOutcome = 'ended' | 'over' | 'given-up' | 'left';

interface Ending {
  readonly call: GuardedCall;
  readonly stop: AbortController;
  /** Resolves when it is saved that the call must end. */
  readonly saved: Promise<unknown>;
}

/** Calls that the service has been asked to end, and may not have ended yet. */
export class CallEndings {
  readonly #host: EndingsHost;
  readonly #endings = new Map<string, Ending>();
  #isClosed = false;

  constructor(host: EndingsHost) {
    this.#host = host;
  }

  has(callId: string): boolean {
    return this.#endings.has(callId);
  }

  async end(call: GuardedCall): Promise<EndOutcome> {
    const { claims, owner, endOf, log } = this.#host;
    const { callId } = call;
    // Whoever takes it over ends it, too. Saved before the first try: this guard may be closed during it.
    call.endsAt = Math.min(call.endsAt ?? Infinity, Date.now());
    const saved = claims.renew(call, owner).catch(log);
    const stop = new AbortController();
    this.#endings.set(callId, { call, stop, saved });
    const outcome = await tryHangUp(() => endOf(callId), {
      failures: call.failedEnds ?? 0,
      mostTries: claims.renewEveryMs === undefined ? Infinity : TRIES_PER_CLAIM,
      signal: this.#isClosed ? AbortSignal.abort() : stop.signal,
      failed: (error, delay) => {
        call.failedEnds = (call.failedEnds ?? 0) + 1;
        log(`call ${callId} could not be ended.${delay === undefined ? ' It is not tried again.' : ''}`, error);
      },
    });
    await saved;
    this.#endings.delete(callId);
    if (typeof outcome === 'object') return outcome.result ? 'ended' : 'over';
    if (outcome === 'given-up') return outcome;
    // The failures are saved, unless another guard has the call.
    if (outcome === 'stopped' || (await claims.renew(call, owner))) await claims.release(callId, owner);
    return 'left';
  }

  async renew(): Promise<void> {
    const { claims, owner } = this.#host;
    await Promise.all([...this.#endings.values()].map(({ call }) => claims.renew(call, owner)));
  }

  /** Other guards go on with what is not ended yet. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const endings = [...this.#endings.values()];
    for (const { stop } of endings) stop.abort();
    await Promise.all(
      endings.map(async ({ call, saved }) => {
        await saved;
        await this.#host.claims.release(call.callId, this.#host.owner);
      }),
    );
  }
}
