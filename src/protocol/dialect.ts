import { Live } from './live.js';
import { realtime } from './realtime.js';
import type { Dialect, Signal, WireEvent } from './signals.js';

/** The dialect that a service speaks shows in its first event. */
export function dialectOf(first: WireEvent, tell: (signal: Signal) => void): Dialect {
  return first.type === 'session.started' ? new Live(tell) : realtime;
}
