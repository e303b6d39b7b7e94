import { VoiceError, type VoiceErrorCode, type VoiceErrorOptions } from '../../src/errors.js';
import { RealtimeVoiceElement } from '../../src/element/realtime-voice.js';
import {
  type EndReason,
  VoiceEndEvent,
  VoiceErrorEvent,
  VoiceQualityEvent,
  VoiceStartEvent,
  VoiceStateChangeEvent,
  VoiceTranscriptEvent,
  type VoiceWarningCode,
  VoiceWarningEvent,
} from '../../src/session/events.js';
import type { TranscriptEntry, Usage, VoiceSessionOptions, VoiceState } from '../../src/session/index.js';
import type { VoiceSession } from '../../src/session/voice-session.js';

/** Takes the place of a session: it makes no call, does what a test says, and records the methods that are called. */
export class ScriptedSession extends EventTarget {
  state: VoiceState = 'idle';
  error: VoiceError | undefined;
  userSpeaking = false;
  transcript: readonly TranscriptEntry[] = [];
  usage = { totalTokens: 7 } as Usage;
  kind: 'conversation' | 'transcription' = 'conversation';
  language: string | undefined;
  callId: string | undefined;
  microphone: 'off' | 'asking' | 'on' = 'off';
  runningTools: readonly string[] = [];
  inputLevel = 0;
  outputLevel = 0;
  /** The methods that were called, in words. */
  readonly calls: string[] = [];
  /** What `configure` was called with. */
  readonly configured: Partial<VoiceSessionOptions>[] = [];
  readonly #warnings = new Set<VoiceWarningCode>();
  options: VoiceSessionOptions = {};
  #muted = false;
  #settle: [() => void, (reason: unknown) => void] | undefined;
  #started: Promise<void> | undefined;

  get muted(): boolean {
    return this.#muted;
  }
  set muted(muted: boolean) {
    this.#muted = muted;
    this.changed();
  }

  configure(changes: Partial<VoiceSessionOptions>): void {
    this.configured.push(changes);
    this.options = { ...this.options, ...changes };
  }

  start({ microphone = true }: { microphone?: boolean } = {}): Promise<void> {
    this.calls.push(microphone ? 'start' : 'start without microphone');
    if (!this.dispatchEvent(new VoiceStartEvent({ microphone }))) {
      const refusal = Promise.reject(new DOMException('Cancelled', 'AbortError'));
      refusal.catch(() => {});
      return refusal;
    }
    this.transcript = [];
    this.microphone = microphone ? 'asking' : 'off';
    this.#started = new Promise<void>((...settle) => (this.#settle = settle));
    this.#started.catch(() => {});
    this.to('connecting');
    return this.#started;
  }

  /** The call that was started is ready. */
  ready(): void {
    if (this.microphone === 'asking') this.microphone = 'on';
    this.#settle?.[0]();
    this.to('listening');
  }

  stop(reason: EndReason = 'stopped'): void {
    this.calls.push(`stop ${reason}`);
    if (this.state === 'connecting') this.#settle?.[1](new DOMException('Stopped', 'AbortError'));
    if (this.state === 'failed') this.to('idle');
    else if (this.state !== 'idle') this.end(reason);
  }

  forget(): void {
    this.calls.push('forget');
    this.transcript = [];
    this.changed();
  }

  end(reason: EndReason, durationMs = 84_000): void {
    this.microphone = 'off';
    this.inputLevel = this.outputLevel = 0;
    this.to(reason === 'error' ? 'failed' : 'idle');
    if (this.error) this.dispatchEvent(new VoiceErrorEvent({ error: this.error }));
    this.dispatchEvent(new VoiceEndEvent({ reason, durationMs, usage: this.usage, transcript: this.transcript }));
    this.changed();
  }

  fail(code: VoiceErrorCode, options?: VoiceErrorOptions): void {
    this.error = new VoiceError(code, 'The test wants this.', options);
    this.#settle?.[1](this.error);
    this.end('error', 0);
  }

  /** Something fails, and the call goes on. */
  reportError(code: VoiceErrorCode): void {
    this.dispatchEvent(new VoiceErrorEvent({ error: new VoiceError(code, 'The test wants this.') }));
  }

  to(state: VoiceState): void {
    const previousState = this.state;
    this.state = state;
    if (state !== 'failed') this.error = undefined;
    this.dispatchEvent(new VoiceStateChangeEvent({ state, previousState }));
    this.changed();
  }

  say(entry: Partial<TranscriptEntry> & { id: string }): void {
    const index = this.transcript.findLastIndex(({ id }) => id === entry.id);
    const whole: TranscriptEntry = {
      role: 'user',
      text: '',
      status: 'partial',
      source: 'speech',
      createdAt: 1_700_000_000_000,
      ...this.transcript[index],
      ...entry,
    };
    this.transcript = index < 0 ? [...this.transcript, whole] : this.transcript.with(index, whole);
    this.dispatchEvent(new VoiceTranscriptEvent({ entry: whole, transcript: this.transcript }));
    this.changed();
  }

  warn(code: VoiceWarningCode, secondsLeft?: number): void {
    this.#warnings.add(code);
    const left = secondsLeft === undefined ? {} : { secondsLeft };
    this.dispatchEvent(new VoiceWarningEvent({ code, message: 'The test wants this.', ...left }));
  }

  isWarning(code: VoiceWarningCode): boolean {
    return this.#warnings.has(code);
  }

  /** Takes a warning back. */
  retract(code: VoiceWarningCode): void {
    this.#warnings.delete(code);
    this.changed();
  }

  /** Reports the quality of the connection, with figures that fit. */
  reportQuality(quality: 'good' | 'poor'): void {
    const lossPercent = quality === 'poor' ? 20 : 0;
    this.dispatchEvent(new VoiceQualityEvent({ quality, lossPercent, roundTripMs: 50, jitterMs: 5 }));
  }

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  async sendText(text: string): Promise<void> {
    this.calls.push(`text ${text}`);
    if (this.state === 'idle' || this.state === 'failed') await this.start({ microphone: false });
    else if (this.state === 'connecting') await this.#started;
  }
  async enableMicrophone(): Promise<void> {
    this.calls.push('enable microphone');
    this.microphone = 'on';
    this.changed();
  }
  disableMicrophone(): void {
    this.calls.push('disable microphone');
  }
  warm(): void {
    this.calls.push('warm');
  }
  press(): void {
    this.calls.push('press');
  }
  /** Without a press, it has nothing to take back. */
  release(): void {
    if (this.calls.at(-1) === 'press') this.calls.push('release');
  }
  interrupt(): void {
    this.calls.push('interrupt');
  }
  beginTurn(): void {
    this.calls.push('begin turn');
  }
  endTurn(): void {
    this.calls.push('end turn');
  }
  resumePlayback(): void {
    this.calls.push('resume playback');
  }
  stillHere(): void {
    this.calls.push('still here');
  }
  askAgain(): void {
    this.calls.push('ask again');
  }
  send(event: { readonly type: string }): void {
    this.calls.push(`send ${event.type}`);
  }
}

/** The element with a scripted session. */
export class ScriptedVoiceElement extends RealtimeVoiceElement {
  readonly script: ScriptedSession;

  constructor() {
    const script = new ScriptedSession();
    super(script as unknown as VoiceSession);
    this.script = script;
  }
}

customElements.define('scripted-voice', ScriptedVoiceElement);

declare global {
  interface HTMLElementTagNameMap {
    'scripted-voice': ScriptedVoiceElement;
  }
}
