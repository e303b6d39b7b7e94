import type { VoiceEventMap } from '../../session/events.js';
import type { VoiceSessionOptions } from '../../session/session-options.js';
import type { VoiceSession } from '../../session/voice-session.js';
import type { Controller, ControllerHost } from '../view-element.js';

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

export interface SessionHost extends ControllerHost, HTMLElement {
  readonly disabled: boolean;
  createSession(options: VoiceSessionOptions): VoiceSession;
  /** The options as the element's properties state them now. */
  sessionOptions(): VoiceSessionOptions;
  /** Called before the page hears of an event, so that it finds the element already changed. */
  sessionEvent(event: SessionEvent): void;
  /** Something that is shown has changed. */
  sessionChanged(): void;
}

/** Owns the session of an element: keeps its options current, passes its events on and ends a call with the element. */
export class SessionController implements Controller {
  readonly #host: SessionHost;
  readonly session: VoiceSession;
  #told: VoiceSessionOptions;
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#told = host.sessionOptions();
    this.session = host.createSession(this.#told);
    for (const type of FORWARDED) this.session.addEventListener(type, this.#forward);
    this.session.addEventListener('change', () => host.sessionChanged());
    host.addController(this);
  }

  get running(): boolean {
    const { state } = this.session;
    return state !== 'idle' && state !== 'failed';
  }

  hostConnected(): void {
    clearTimeout(this.#removal);
  }

  hostDisconnected(): void {
    if (this.running) this.#removal = setTimeout(() => this.session.stop('removed'), REMOVED_MS);
  }

  hostUpdate(): void {
    if (this.#host.disabled && this.running) this.session.stop();
    this.configured();
  }

  /** The session, told what has changed since it was last told, and nothing else. */
  configured(): VoiceSession {
    const before = this.#told;
    const now = (this.#told = this.#host.sessionOptions());
    const names = Object.keys(now) as (keyof VoiceSessionOptions)[];
    const changed = names.filter((name) => now[name] !== before[name]);
    if (changed.length) this.session.configure(Object.fromEntries(changed.map((name) => [name, now[name]])));
    return this.session;
  }

  /** An event can be dispatched once, so the page gets a copy; what the page decides goes back to the original. */
  readonly #forward = (event: Event): void => {
    const original = event as SessionEvent;
    this.#host.sessionEvent(original);
    const Copy = original.constructor as new (detail: unknown) => SessionEvent;
    if (!this.#host.dispatchEvent(new Copy(original.detail))) original.preventDefault();
  };
}
