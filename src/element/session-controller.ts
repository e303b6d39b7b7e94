import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EndReason, VoiceEventMap } from '../session/events.js';
import type { VoiceSessionOptions } from '../session/session-options.js';
import type { VoiceState } from '../session/index.js';
import type { VoiceSession } from '../session/voice-session.js';

/** How long an element may be out of the document, as frameworks do when they move it, before its call ends. */
const REMOVED_MS = 1000;

const FORWARDED = [
  'voice-start',
  'voice-state-change',
  'voice-transcript',
  'voice-tool-call',
  'voice-usage',
  'voice-quality',
  'voice-warning',
  'voice-reconnect',
  'voice-error',
  'voice-end',
  'voice-server-event',
] as const satisfies readonly (keyof VoiceEventMap)[];

export type SessionEvent = VoiceEventMap[(typeof FORWARDED)[number]];

export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  readonly disabled: boolean;
  createSession(options: VoiceSessionOptions): VoiceSession;
  /** The options as the element's properties state them now. */
  sessionOptions(): VoiceSessionOptions;
  /** Called before the page hears of an event, so that it finds the element already changed. */
  sessionEvent(event: SessionEvent): void;
  /** Something that is shown has changed. */
  sessionChanged(): void;
}

export function isRunning(state: VoiceState): boolean {
  return state !== 'idle' && state !== 'failed';
}

/** Owns the session of an element: makes it when first needed, keeps its options current, passes its events on. */
export class SessionController implements ReactiveController {
  readonly #host: SessionHost;
  #session: VoiceSession | undefined;
  #pushed: VoiceSessionOptions = {};
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The session, if there ever was one. */
  get existing(): VoiceSession | undefined {
    return this.#session;
  }

  get state(): VoiceState {
    return this.#session?.state ?? 'idle';
  }

  get running(): boolean {
    return isRunning(this.state);
  }

  hostConnected(): void {
    clearTimeout(this.#removal);
  }

  hostDisconnected(): void {
    if (!this.running) return;
    this.#removal = setTimeout(() => this.stop('removed'), REMOVED_MS);
  }

  hostUpdate(): void {
    if (this.#host.disabled && this.running) this.stop();
    this.#push();
  }

  /** The session, made when it is not there yet, with the options of this moment. */
  open(): VoiceSession {
    if (!this.#session) {
      this.#pushed = this.#host.sessionOptions();
      this.#session = this.#host.createSession(this.#pushed);
      for (const type of FORWARDED) this.#session.addEventListener(type, this.#forward);
      this.#session.addEventListener('change', () => this.#host.sessionChanged());
    }
    this.#push();
    return this.#session;
  }

  stop(reason?: EndReason): void {
    this.#session?.stop(reason);
  }

  /** Tells the session what has changed since it was last told, and nothing else. */
  #push(): void {
    if (!this.#session) return;
    const now = this.#host.sessionOptions();
    const names = Object.keys(now) as (keyof VoiceSessionOptions)[];
    const changed = names.filter((name) => now[name] !== this.#pushed[name]);
    if (changed.length === 0) return;
    this.#pushed = now;
    this.#session.configure(Object.fromEntries(changed.map((name) => [name, now[name]])));
  }

  /** An event can be dispatched once, so the page gets a copy; what the page decides goes back to the original. */
  readonly #forward = (event: Event): void => {
    const original = event as SessionEvent;
    this.#host.sessionEvent(original);
    const Copy = original.constructor as new (detail: unknown) => SessionEvent;
    if (!this.#host.dispatchEvent(new Copy(original.detail))) original.preventDefault();
  };
}
