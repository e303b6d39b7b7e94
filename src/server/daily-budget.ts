import { MemoryBudgetStore, type BudgetStore } from './budget-store.js';
import { markLocal, type Limiter } from './limiter.js';
import type { HandlerOptions, MintRecord } from './options.js';
import { resolveOptions } from './resolved-options.js';

export interface DailyBudgetOptions {
  /** Calls a day, 1 to 10,000,000. The day ends at midnight UTC. */
  mostCalls: number;
  /** Where the calls are counted; default in the memory of this process. */
  store?: BudgetStore;
}

export interface DailyBudget {
  /**
   * The options of a handler with the budget added: their limiter (the default one too) decides first, then the
   * budget. Handlers that are given the same budget share it.
   */
  applyTo(options: HandlerOptions): HandlerOptions;
}

const MOST_CALLS = 10_000_000;
const DAY_MS = 86_400_000;
/** The service may have opened the call although nobody waited for its answer any more. */
const MAY_HAVE_SUCCEEDED = ['aborted', 'upstream-timeout'];

/** Limits how many calls are started in a day. Only calls that the service granted count. */
export function createDailyBudget(options: DailyBudgetOptions, now = Date.now): DailyBudget {
  const { mostCalls, store } = options ?? {};
  if (!Number.isInteger(mostCalls) || mostCalls < 1 || mostCalls > MOST_CALLS) {
    throw new TypeError(`createDailyBudget: mostCalls must be a whole number from 1 to ${MOST_CALLS}.`);
  }
  if (store !== undefined && !(typeof store?.take === 'function' && typeof store.giveBack === 'function')) {
    throw new TypeError('createDailyBudget: store must have take and giveBack, such as createRedisBudgetStore().');
  }
  const places = new Places(store ?? new MemoryBudgetStore(), mostCalls);
  return {
    applyTo(options) {
      const { limiter, hasOwnLimiter, onMint, onRefuse } = resolveOptions(options, 'createDailyBudget: applyTo');
      const limited: Limiter = async (request, visitor) => {
        const verdict = limiter ? await limiter(request, visitor) : { allowed: true };
        if (verdict?.allowed !== true || request.method !== 'POST') return verdict;
        const time = now();
        if (await places.take(request, new Date(time).toISOString().slice(0, 10))) return verdict;
        return { allowed: false, retryAfterSeconds: Math.ceil((DAY_MS - (time % DAY_MS)) / 1000) };
      };
      return {
        ...options,
        // The budget bounds the cost of a day, but one visitor can use it up: it is no limiter of the site's own.
        limiter: hasOwnLimiter ? limited : markLocal(limited),
        onMint: async (record, request) => {
          if (hasFailed(record)) await places.giveBack(request);
          await onMint?.(record, request);
        },
        onRefuse: async (record, request) => {
          await places.giveBack(request);
          await onRefuse?.(record, request);
        },
      };
    },
  };
}

function hasFailed({ ok, code = '' }: MintRecord): boolean {
  return !ok && !MAY_HAVE_SUCCEEDED.includes(code);
}

/** The places that requests have taken. */
class Places {
  readonly #store: BudgetStore;
  readonly #mostCalls: number;
  /** The day of each request whose place may be given back. */
  readonly #days = new WeakMap<Request, string>();

  constructor(store: BudgetStore, mostCalls: number) {
    this.#store = store;
    this.#mostCalls = mostCalls;
  }

  async take(request: Request, day: string): Promise<boolean> {
    if (this.#days.has(request)) return true;
    if ((await this.#store.take(day, this.#mostCalls)) !== true) return false;
    this.#days.set(request, day);
    return true;
  }

  async giveBack(request: Request): Promise<void> {
    const day = this.#days.get(request);
    if (day === undefined) return;
    this.#days.delete(request);
    await this.#store.giveBack(day);
  }
}
