import type { Signal } from '../../protocol/signals.js';
import type { Connection } from '../connection/connection.js';
import { repeatUntilAborted } from '../deadline.js';

/** In milliseconds. */
const CHECK_INTERVAL = 1000;
/** Below this level, -50 dBFS, sound is the noise of a room; as root mean square, 0…1. */
const FLOOR = 0.003;

/** What watching needs of the call. */
export interface ActivityHost {
  readonly signal: AbortSignal;
  readonly connection: Pick<Connection, 'sound'>;
  readonly media: { readonly sentLoudness: number };
  readonly tools: { readonly isExecuting: boolean };
  readonly limits: { reset(): void };
}

/** Starts the idle limit anew while either side is heard or a tool is at work. */
export function watchActivity(host: ActivityHost): void {
  repeatUntilAborted(host.signal, CHECK_INTERVAL, async () => {
    if (host.tools.isExecuting) return host.limits.reset();
    const { sent, received } = await host.connection.sound();
    // Some browsers do not count what is sent; then the level of this moment has to do.
    const loudness = Math.max(sent, received, host.media.sentLoudness);
    if (loudness >= FLOOR && !host.signal.aborted) host.limits.reset();
  });
}

/** Whether a signal brings words of either side. */
export function bringsWords(signal: Signal): boolean {
  return (signal.type === 'text-added' || signal.type === 'text-settled') && signal.text !== '';
}
