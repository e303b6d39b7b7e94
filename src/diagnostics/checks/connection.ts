import { QualityReader } from '../../transport/connection-quality.js';
import { readTraffic } from '../../transport/traffic.js';
import type { Check } from '../check-run.js';
import type { TrialCall } from '../trial-call.js';
import { readPath } from './network-path.js';
import { pause } from './pause.js';

/** How long a connected call is watched for its first sound, in milliseconds. */
const WATCH_MS = 1500;
const INTERVAL_MS = 100;

/** Whether media and events get through, and on which way. The call is hung up afterwards. */
export const checkConnection: Check = async ({ call }, signal) => {
  const began = performance.now();
  await call!.connect();
  const connectMs = Math.round(performance.now() - began);
  const { isOverTcp, ...details } = await watch(call!, signal);
  call!.close();
  return isOverTcp
    ? { status: 'warning', code: 'over-tcp', details: { connectMs, ...details } }
    : { status: 'passed', code: 'ok', details: { connectMs, ...details } };
};

/** Reads the statistics until the round trip is measured and sound has come, or until the time is over. */
async function watch(call: TrialCall, signal: AbortSignal) {
  for (const until = performance.now() + WATCH_MS; ;) {
    await pause(INTERVAL_MS, signal);
    const report = await call.stats();
    signal.throwIfAborted();
    const { packets } = readTraffic(report);
    const { candidate, protocol, isOverTcp, ...path } = readPath(report);
    const roundTrip = path.roundTripMs || new QualityReader().read(report).roundTripMs;
    if ((packets === 0 || roundTrip === 0) && performance.now() < until) continue;
    return { candidate, protocol, isOverTcp, roundTripMs: Math.round(roundTrip), packetsReceived: packets };
  }
}
