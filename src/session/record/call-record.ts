import { addUsage, NO_USAGE, type Usage } from '../../protocol/usage.js';
import { VoiceStateChangeEvent, VoiceTranscriptEvent, VoiceUsageEvent } from '../events.js';
import type { TranscriptEntry } from '../transcript-entry.js';
import { CallBudget } from './call-budget.js';
import { Conversation } from './conversation.js';
import { IDLE, next, voiceState, type CallState, type StateInput, type Turn } from './session-state.js';

/** The state, the transcript and the usage of a call, and the events that report each change of them. */
export class CallRecord {
  /** Where the events of the call are dispatched. */
  readonly target: EventTarget;
  state: CallState = IDLE;
  usage: Usage = NO_USAGE;
  /** The calls of the conversation, which goes on after a failure. */
  readonly callBudget = new CallBudget();
  readonly #conversation = new Conversation();
  /** The responses and items whose usage is counted. */
  readonly #counted = new Set<string>();
  #readyAt: number | undefined;

  constructor(target: EventTarget) {
    this.target = target;
  }

  get turn(): Turn | undefined {
    return 'turn' in this.state ? this.state.turn : undefined;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.#conversation.entries;
  }

  /** The transcript as a new session has to know it: only what was heard. */
  get heard(): readonly TranscriptEntry[] {
    return this.#conversation.heard;
  }

  /** The time since the call was first ready, in milliseconds; 0 before. */
  get durationMs(): number {
    return this.#readyAt === undefined ? 0 : performance.now() - this.#readyAt;
  }

  /**
   * Takes in what happened, and dispatches an event for everything that it changes. Returns the transcript as it was
   * before the first event.
   */
  write(input: StateInput): readonly TranscriptEntry[] {
    // Everything is up to date before the first event, because a listener may stop the call.
    const before = { state: this.state, transcript: this.transcript, usage: this.usage };
    this.state = next(this.state, input);
    const entries = this.#conversation.apply(input, Date.now());
    this.#measure(input);
    const { state, transcript, usage } = this;
    for (const entry of entries) this.target.dispatchEvent(new VoiceTranscriptEvent({ entry, transcript }));
    if (input.type === 'usage' && usage !== before.usage)
      this.target.dispatchEvent(new VoiceUsageEvent({ total: usage, last: input.usage }));
    const [word, previousWord] = [voiceState(state), voiceState(before.state)];
    if (word !== previousWord)
      this.target.dispatchEvent(new VoiceStateChangeEvent({ state: word, previousState: previousWord }));
    if (state !== before.state || transcript !== before.transcript || usage !== before.usage) this.changed();
    return transcript;
  }

  /** Tells views that something they show has changed. */
  changed(): void {
    this.target.dispatchEvent(new CustomEvent('change'));
  }

  /** Keeps the time and the usage. */
  #measure(input: StateInput): void {
    if (input.type === 'start' && !input.keep) {
      this.usage = NO_USAGE;
      this.#counted.clear();
      this.#readyAt = undefined;
      this.callBudget.reset();
    }
    if (input.type === 'start') this.callBudget.spend();
    if (input.type === 'ready') this.#readyAt ??= performance.now();
    if (input.type !== 'usage') return;
    // The service may report the usage of one response twice.
    if (input.of && this.#counted.has(input.of)) return;
    if (input.of) this.#counted.add(input.of);
    this.usage = addUsage(this.usage, input.usage);
  }
}
