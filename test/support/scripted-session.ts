import { VoiceError, type VoiceErrorCode } from '../../src/errors.js';
import { RealtimeVoiceElement } from '../../src/element/realtime-voice.js';
import {
  type EndReason,
  VoiceEndEvent,
  VoiceErrorEvent,
  VoiceStartEvent,
  VoiceStateChangeEvent,
  VoiceTranscriptEvent,
  type VoiceWarningCode,
  VoiceWarningEvent,
} from '../../src/session/events.js';
import type { TranscriptEntry, Usage, VoiceSessionOptions, VoiceState } from '../../src/session/index.js';
import type { VoiceSession } from '../../src/session/voice-session.js';

/** Stands where a session stands, and does what a test says instead of calling anybody. It writes down what it is asked. */
export class ScriptedSession extends EventTarget {
  state: VoiceState = 'idle';
  error: VoiceError | undefined;
  userSpeaking = false;
  transcript: readonly TranscriptEntry[] = [];
  usage = { totalTokens: 7 } as Usage;
  kind: 'conversation' | 'transcription' = 'conversation';
  callId: string | undefined;
  microphone: 'off' | 'asking' | 'on' = 'off';
  runningTools: readonly string[] = [];
  inputLevel = 0;
  outputLevel = 0;
  readonly asked: string[] = [];
  readonly configured: Partial<VoiceSessionOptions>[] = [];
  options: VoiceSessionOptions = {};
  #muted = false;
  #settle: [() => void, (reason: unknown) => void] | undefined;

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
    this.asked.push(microphone ? 'start' : 'start without microphone');
    if (!this.dispatchEvent(new VoiceStartEvent({ microphone }))) {
      const refusal = Promise.reject(new DOMException('Cancelled', 'AbortError'));
      refusal.catch(() => {});
      return refusal;
    }
    this.transcript = [];
    this.microphone = microphone ? 'asking' : 'off';
    const started = new Promise<void>((...settle) => (this.#settle = settle));
    started.catch(() => {});
    this.to('connecting');
    return started;
  }

  /** The call is up. */
  ready(): void {
    if (this.microphone === 'asking') this.microphone = 'on';
    this.#settle?.[0]();
    this.to('listening');
  }

  stop(reason: EndReason = 'stopped'): void {
    this.asked.push(`stop ${reason}`);
    if (this.state !== 'idle' && this.state !== 'failed') this.end(reason);
  }

  end(reason: EndReason, durationMs = 84_000): void {
    this.microphone = 'off';
    this.inputLevel = this.outputLevel = 0;
    this.to(reason === 'error' ? 'failed' : 'idle');
    if (this.error) this.dispatchEvent(new VoiceErrorEvent({ error: this.error }));
    this.dispatchEvent(new VoiceEndEvent({ reason, durationMs, usage: this.usage, transcript: this.transcript }));
    this.changed();
  }

  fail(code: VoiceErrorCode): void {
    this.error = new VoiceError(code, 'As the test wanted it.');
    this.#settle?.[1](this.error);
    this.end('error', 0);
  }

  /** Fails at something and goes on. */
  stumble(code: VoiceErrorCode): void {
    this.dispatchEvent(new VoiceErrorEvent({ error: new VoiceError(code, 'As the test wanted it.') }));
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
    const left = secondsLeft === undefined ? {} : { secondsLeft };
    this.dispatchEvent(new VoiceWarningEvent({ code, message: 'As the test wanted it.', ...left }));
  }

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  async sendText(text: string): Promise<void> {
    this.asked.push(`text ${text}`);
    if (this.state === 'idle' || this.state === 'failed') await this.start({ microphone: false });
  }
  async enableMicrophone(): Promise<void> {
    this.asked.push('enable microphone');
    this.microphone = 'on';
    this.changed();
  }
  disableMicrophone(): void {
    this.asked.push('disable microphone');
  }
  warm(): void {
    this.asked.push('warm');
  }
  interrupt(): void {
    this.asked.push('interrupt');
  }
  beginTurn(): void {
    this.asked.push('begin turn');
  }
  endTurn(): void {
    this.asked.push('end turn');
  }
  resumePlayback(): void {
    this.asked.push('resume playback');
  }
  stillHere(): void {
    this.asked.push('still here');
  }
  send(event: { readonly type: string }): void {
    this.asked.push(`send ${event.type}`);
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
