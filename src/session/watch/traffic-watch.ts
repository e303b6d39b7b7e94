import type { Connection } from '../connection/connection.js';
import { repeatUntilAborted } from '../deadline.js';

/** In milliseconds. */
const CHECK_INTERVAL = 500;
/** The energy in one interval of a sound at -45 dBFS. What is not louder is the noise of a room. */
const MIN_ENERGY = 1.6e-5;
/** The same loudness on the scale of the meter. */
const MIN_LEVEL = 0.3;

/** What watching needs of the call. */
export interface TrafficHost {
  readonly signal: AbortSignal;
  readonly connection: Pick<Connection, 'traffic'>;
  readonly media: { readonly inputLevel: number };
  readonly tools: { readonly isExecuting: boolean };
  readonly limits: { reset(): void };
  readonly recovery: { packetsReceived(packets: number): void };
}

/** Restarts the idle limit while either side is heard or a tool is at work, and tells the recovery of the packets. */
export function watchTraffic(host: TrafficHost): void {
  let energyBefore = 0;
  repeatUntilAborted(host.signal, CHECK_INTERVAL, async () => {
    const traffic = await host.connection.traffic();
    if (host.signal.aborted) return;
    const energy = traffic?.energy ?? energyBefore;
    // A new connection starts to count from 0.
    const isHeard = energy - energyBefore > MIN_ENERGY || host.media.inputLevel > MIN_LEVEL;
    energyBefore = energy;
    if (isHeard || host.tools.isExecuting) host.limits.reset();
    if (traffic) host.recovery.packetsReceived(traffic.packets);
  });
}
