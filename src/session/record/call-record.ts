import { addUsage, NO_USAGE, type Usage } from '../../protocol/usage.js';
import { VoiceStateChangeEvent, VoiceTranscriptEvent, VoiceUsageEvent } from '../events.js';
import { IDLE, next, voiceState, type CallState, type StateInput, type Turn } from './session-state.js';
import { EMPTY_LOG, entriesOf, heardOf, reduceTranscript, type TranscriptEntry } from './transcript.js';

/** Keeps where the call stands, what was said in it and what it cost, and tells every change of it. */
export class Recorder {
  /** Where the events of the call are told. */
  readonly target: EventTarget;
  state: CallState = IDLE;
  transcript: readonly TranscriptEntry[] = [];
  usage: Usage = NO_USAGE;
  #log = EMPTY_LOG;
  readonly #billed = new Set<string>();
  #readyAt: number | undefined;

  constructor(target: EventTarget) {
    this.target = target;
  }

  get turn(): Turn | undefined {
    return 'turn' in this.state ? this.state.turn : undefined;
  }

  /** What was said, as far as it was heard. */
  get heard(): readonly TranscriptEntry[] {
    return heardOf(this.#log);
  }

  /** For how long the call has been of use to the visitor. */
  get durationMs(): number {
    return this.#readyAt === undefined ? 0 : performance.now() - this.#readyAt;
  }

  write(input: StateInput): void {
    // First of all: a listener may stop the call.
    const previousState = voiceState(this.state);
    this.state = next(this.state, input);
    const state = voiceState(this.state);
    const before = new Set(this.transcript);
    this.#log = reduceTranscript(this.#log, input, Date.now());
    const transcript = (this.transcript = entriesOf(this.#log));
    for (const entry of transcript) {
      if (!before.has(entry)) this.target.dispatchEvent(new VoiceTranscriptEvent({ entry, transcript }));
    }
    if (input.type === 'start' && !input.keep) {
      this.usage = NO_USAGE;
      this.#billed.clear();
      this.#readyAt = undefined;
    }
    if (input.type === 'ready') this.#readyAt ??= performance.now();
    if (input.type === 'usage' && !this.#billed.has(input.of ?? '')) {
      if (input.of) this.#billed.add(input.of);
      this.usage = addUsage(this.usage, input.usage);
      this.target.dispatchEvent(new VoiceUsageEvent({ total: this.usage, last: input.usage }));
    }
    if (state !== previousState) this.target.dispatchEvent(new VoiceStateChangeEvent({ state, previousState }));
    this.changed();
  }

  /** Something that a view shows has changed. */
  changed(): void {
    this.target.dispatchEvent(new Event('change'));
  }
}
