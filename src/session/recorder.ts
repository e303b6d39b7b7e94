import { addUsage, NO_USAGE, type Usage } from '../protocol/usage.js';
import { VoiceTranscriptEvent, VoiceUsageEvent } from './events.js';
import { EMPTY_LOG, entriesOf, reduceTranscript, type TranscriptEntry, type TranscriptInput } from './transcript.js';

/** Keeps what was said and what it cost, and tells every change of it. */
export class Recorder {
  readonly #target: EventTarget;
  #log = EMPTY_LOG;
  transcript: readonly TranscriptEntry[] = [];
  usage: Usage = NO_USAGE;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  write(input: TranscriptInput): void {
    const before = new Set(this.transcript);
    this.#log = reduceTranscript(this.#log, input, Date.now());
    this.transcript = entriesOf(this.#log);
    const { transcript } = this;
    for (const entry of transcript) {
      if (!before.has(entry)) this.#target.dispatchEvent(new VoiceTranscriptEvent({ entry, transcript }));
    }
    if (input.type !== 'usage') return;
    this.usage = addUsage(this.usage, input.usage);
    this.#target.dispatchEvent(new VoiceUsageEvent({ total: this.usage, last: input.usage }));
  }
}
