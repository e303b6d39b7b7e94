import { markLocal, type Limiter, type LimiterVerdict } from './limiter.js';
import { UnknownAddressWarning } from './unknown-address.js';

export interface MemoryLimiterOptions {
  /** Requests a minute from one address, 1 to 100,000; default 10. An IPv6 address counts by its /64. */
  perAddress?: number;
  /** Requests a minute in this process, 1 to 100,000; default 100. */
  perProcess?: number;
}

const MINUTE_MS = 60_000;
const MOST_PER_MINUTE = 100_000;
/** Only reached with a very high `perProcess`: the addresses of allowed requests are all that is kept. */
const MOST_ADDRESSES = 10_000;

/**
 * A limiter that counts in the memory of this process. Hang-ups (`DELETE`) have a count of their own: a visitor who may
 * start no more calls must still be able to end one. Give the same limiter to two handlers and they share the counts.
 */
export function createMemoryLimiter(options: MemoryLimiterOptions = {}, now = () => performance.now()): Limiter {
  const perAddress = checked('perAddress', options.perAddress ?? 10);
  const perProcess = checked('perProcess', options.perProcess ?? 100);
  const starts = new RequestCount(perAddress, perProcess);
  const hangUps = new RequestCount(perAddress, perProcess);
  const warning = new UnknownAddressWarning(`${perProcess} requests a minute`);

  return markLocal((request, { address }) => {
    warning.say(address);
    return (request.method === 'DELETE' ? hangUps : starts).take(address, now());
  });
}

/** Counts allowed requests only: who keeps trying gets in again as soon as the minute is over. */
class RequestCount {
  readonly #perAddress: number;
  readonly #all: SlidingMinute;
  /** The address that was allowed most recently is last. */
  readonly #addresses = new Map<string, SlidingMinute>();

  constructor(perAddress: number, perProcess: number) {
    this.#perAddress = perAddress;
    this.#all = new SlidingMinute(perProcess);
  }

  take(address: string | undefined, now: number): LimiterVerdict {
    const own =
      address === undefined ? undefined : (this.#addresses.get(address) ?? new SlidingMinute(this.#perAddress));
    const waitMs = Math.max(this.#all.waitMs(now), own?.waitMs(now) ?? 0);
    if (waitMs > 0) return { allowed: false, retryAfterSeconds: Math.ceil(waitMs / 1000) };
    this.#all.add(now);
    if (address !== undefined && own) {
      own.add(now);
      this.#keep(address, own, now);
    }
    return { allowed: true };
  }

  #keep(address: string, minute: SlidingMinute, now: number): void {
    this.#addresses.delete(address);
    this.#addresses.set(address, minute);
    for (const [oldest, its] of this.#addresses) {
      if (!its.isOver(now) && this.#addresses.size <= MOST_ADDRESSES) return;
      this.#addresses.delete(oldest);
    }
  }
}

/** When the requests of the last minute came. */
class SlidingMinute {
  readonly #limit: number;
  readonly #times: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Milliseconds until another request fits; 0 = now. */
  waitMs(now: number): number {
    while (this.#times.length > 0 && this.#times[0]! <= now - MINUTE_MS) this.#times.shift();
    return this.#times.length < this.#limit ? 0 : this.#times[0]! + MINUTE_MS - now;
  }

  add(now: number): void {
    this.#times.push(now);
  }

  isOver(now: number): boolean {
    return this.#times.at(-1)! <= now - MINUTE_MS;
  }
}

function checked(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= MOST_PER_MINUTE) return value;
  throw new TypeError(`createMemoryLimiter: ${name} must be a whole number from 1 to ${MOST_PER_MINUTE}.`);
}
