import { realtime } from './realtime.js';
import type { Dialect, Signal, WireEvent } from './signals.js';

/** Whether only a server of the beta sends this event: the GA protocol has another name for the spoken text. */
export function isBeta({ type }: WireEvent): boolean {
  return type.startsWith('response.audio_transcript.');
}

/**
 * The beta of the Realtime protocol, which self-hosted servers still speak. These servers do not report the playback,
 * so an answer counts as audible from its first spoken text until its response has ended.
 */
export class Beta implements Dialect {
  readonly write = realtime.write;
  /** The response that counts as audible. */
  #audible: string | undefined;

  read(event: WireEvent): Signal[] {
    return realtime.read(event).flatMap((signal): Signal[] => {
      const id = 'responseId' in signal ? signal.responseId : undefined;
      if (isBeta(event) && id && id !== this.#audible) {
        this.#audible = id;
        return [{ type: 'playback-started', responseId: id }, signal];
      }
      if (signal.type !== 'response-ended' || id !== this.#audible) return [signal];
      this.#audible = undefined;
      return [signal, { type: 'playback-ended', responseId: signal.responseId, cut: false }];
    });
  }
}
