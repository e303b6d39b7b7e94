import type { ConnectionQuality } from '../../transport/connection-quality.js';
import type { Connection } from '../connection/connection.js';
import { repeatUntilAborted } from '../deadline.js';
import { VoiceQualityEvent } from '../events.js';

/** How often the quality is read, in milliseconds. */
const READ_INTERVAL = 1000;
/** The number of readings that are judged together. All of them must be good to make a poor connection good. */
const WINDOW = 5;
/** The number of bad readings in the window that make the connection poor. */
const MAX_BAD = 3;

/** The thresholds are those at which Twilio's voice client warns. */
function isBad({ roundTripMs, jitterMs, lossPercent }: ConnectionQuality): boolean {
  return roundTripMs > 400 || jitterMs > 30 || lossPercent > 1;
}

/** Judges the connection by its last readings, so that the quality does not flicker. */
export class QualityJudge {
  #readings: boolean[] = [];
  quality: 'good' | 'poor' = 'good';

  /** Adds a reading. Returns whether the quality has changed. */
  add(reading: ConnectionQuality): boolean {
    this.#readings = [...this.#readings, isBad(reading)].slice(-WINDOW);
    const bad = this.#readings.filter(Boolean).length;
    const before = this.quality;
    if (bad >= MAX_BAD) this.quality = 'poor';
    else if (bad === 0 && this.#readings.length === WINDOW) this.quality = 'good';
    return this.quality !== before;
  }
}

/** What watching needs of the call. */
export interface QualityHost {
  readonly signal: AbortSignal;
  readonly connection: Pick<Connection, 'quality'>;
  readonly record: { readonly target: EventTarget };
}

/** Dispatches `voice-quality` when the quality of the connection changes. */
export function watchQuality(host: QualityHost): void {
  const judge = new QualityJudge();
  repeatUntilAborted(host.signal, READ_INTERVAL, async () => {
    const reading = await host.connection.quality();
    if (reading && judge.add(reading) && !host.signal.aborted) {
      host.record.target.dispatchEvent(new VoiceQualityEvent({ quality: judge.quality, ...reading }));
    }
  });
}
