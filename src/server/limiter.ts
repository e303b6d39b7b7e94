import { withinDeadline } from './hook-deadline.js';
import { Refusal } from './refusal.js';

export interface LimiterVerdict {
  allowed: boolean;
  /** Seconds until another try makes sense, sent to the browser as `Retry-After`; default 60. */
  retryAfterSeconds?: number;
}

/** Decides how often a visitor may ask. It may be asynchronous, so that the counts can live in a shared store. */
export type Limiter = (
  request: Request,
  /** `address`: an IPv4 address, the /64 of an IPv6 address, or undefined when the address is not known. */
  visitor: { readonly address: string | undefined },
) => LimiterVerdict | Promise<LimiterVerdict>;

/** Limiters that count in one process: with several processes, nobody knows what they allow together. */
const LOCAL = new WeakSet<Limiter>();

export function markLocal(limiter: Limiter): Limiter {
  LOCAL.add(limiter);
  return limiter;
}

export function isLocal(limiter: Limiter): boolean {
  return LOCAL.has(limiter);
}

const DEFAULT_WAIT_S = 60;
const LONGEST_WAIT_S = 86_400;

/** Refuses with 429 unless the limiter says `allowed: true`; no answer and a wrong answer count as a no. */
export async function checkLimit(
  limiter: Limiter | false,
  request: Request,
  address: string | undefined,
): Promise<void> {
  if (limiter === false) return;
  const verdict: Partial<LimiterVerdict> | null | undefined = await withinDeadline('limiter', () =>
    limiter(request, { address }),
  );
  if (verdict?.allowed === true) return;
  const seconds = waitOf(verdict?.retryAfterSeconds);
  throw new Refusal(429, 'rate-limited', 'Too many calls. Try again later.', { 'Retry-After': String(seconds) });
}

function waitOf(seconds: unknown): number {
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return DEFAULT_WAIT_S;
  return Math.ceil(Math.min(LONGEST_WAIT_S, Math.max(1, seconds)));
}
