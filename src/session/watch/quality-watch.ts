import type { ConnectionQuality } from '../../transport/connection-quality.js';
import type { Connection } from '../connection/connection.js';
import { repeatUntilAborted } from '../deadline.js';
import { VoiceQualityEvent } from '../events.js';

const EVERY_MS = 1000;
/** So many of the last looks make the connection poor; so many clean ones in a row make it good again. */
const POOR = 3;
const WINDOW = 5;

function isBad({ roundTripMs, jitterMs, lossPercent }: ConnectionQuality): boolean {
  return roundTripMs > 400 || jitterMs > 30 || lossPercent > 1;
}

/** Whether the connection is good or poor, from one look a second: slow to judge, so that it does not flicker. */
export class QualityJudge {
  #looks: boolean[] = [];
  quality: 'good' | 'poor' = 'good';

  /** Whether the judgement has changed. */
  look(quality: ConnectionQuality): boolean {
    this.#looks = [...this.#looks, isBad(quality)].slice(-WINDOW);
    const bad = this.#looks.filter(Boolean).length;
    const before = this.quality;
    if (bad >= POOR) this.quality = 'poor';
    else if (bad === 0 && this.#looks.length === WINDOW) this.quality = 'good';
    return this.quality !== before;
  }
}

/** What watching needs of the call. */
export interface QualityHost {
  readonly signal: AbortSignal;
  readonly connection: Pick<Connection, 'quality'>;
  readonly record: { readonly target: EventTarget };
}

export function watchQuality(host: QualityHost): void {
  const judge = new QualityJudge();
  repeatUntilAborted(host.signal, EVERY_MS, async () => {
    const look = await host.connection.quality();
    if (judge.look(look) && !host.signal.aborted) {
      host.record.target.dispatchEvent(new VoiceQualityEvent({ quality: judge.quality, ...look }));
    }
  });
}
