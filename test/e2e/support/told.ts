import type { VoiceState } from '../../../src/session/index.js';
import type { Recorder } from './recorder.js';
import { until } from './until.js';
import type { VoicePage } from './voice-page.js';

/**
 * One field of the page's events of one name. Where it is asked for again and again, in long calls, all the events with
 * all their details would be much to carry out of the page.
 */
export function told<Value>({ page }: VoicePage, name: string, field: string): Promise<Value[]> {
  return page.evaluate(
    (name, field) => {
      const { events } = (window as unknown as { __recorder: Recorder }).__recorder;
      return events.filter(({ type }) => type === name).map(({ detail }) => detail[field]);
    },
    name,
    field,
  ) as Promise<Value[]>;
}

/** Every state it went through, except the one at the beginning. */
export function statesOf(voice: VoicePage): Promise<VoiceState[]> {
  return told(voice, 'voice-state-change', 'state');
}

/** @returns the states, as soon as they are enough */
export function untilStates(voice: VoicePage, what: string, enough: (states: readonly VoiceState[]) => boolean, limitMs?: number): Promise<VoiceState[]> {
  return until(what, () => statesOf(voice), enough, limitMs);
}
