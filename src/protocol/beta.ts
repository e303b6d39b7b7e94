import { realtime } from './realtime.js';
import type { Dialect, Signal, WireEvent } from './signals.js';

export function isBeta({ type }: WireEvent): boolean {
  return type.startsWith('response.audio_transcript.');
}

/**
 * The Realtime service's beta, as self-hosted servers still speak it. They tell nothing of the playback, so that an
 * answer counts as heard from its first spoken word until it is made. Recognised by the name of those words.
 */
export class Beta implements Dialect {
  readonly write = realtime.write;
  #heard: string | undefined;

  read(event: WireEvent): Signal[] {
    return realtime.read(event).flatMap((signal): Signal[] => {
      const id = 'responseId' in signal ? signal.responseId : undefined;
      if (isBeta(event) && id && id !== this.#heard) {
        this.#heard = id;
        return [{ type: 'playback-started', responseId: id }, signal];
      }
      if (signal.type !== 'response-ended' || id !== this.#heard) return [signal];
      this.#heard = undefined;
      return [signal, { type: 'playback-ended', responseId: signal.responseId, cut: false }];
    });
  }
}
