import type { LitElement, ReactiveController } from 'lit';
import type { VoiceEventMap } from '../../session/events.js';
import type { VoiceSessionOptions } from '../../session/session-options.js';
import type { VoiceSession } from '../../session/voice-session.js';
import { isRunning } from '../../session/voice-state.js';
import { Removal } from './removal.js';
import { type StateHost, StateReflection } from './state-reflection.js';

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

/** An event of the session that the element dispatches too. */
export type SessionEvent = VoiceEventMap[(typeof FORWARDED)[number]];

/** Who draws the session. */
export interface SessionObserver {
  /** Called for each event before the page gets it, so that the page finds the element already changed. */
  sessionEvent(event: SessionEvent): void;
  /** Called when something that is shown has changed. */
  sessionChanged(): void;
}

/** Connects an element to its session: passes options down and events up, and ends the call with the element. */
export class SessionController implements ReactiveController {
  /** The session; it is there from the beginning and has one call after another. */
  readonly session: VoiceSession;
  readonly #host: LitElement & StateHost;
  readonly #observer: SessionObserver;
  readonly #reflection: StateReflection;
  #options: VoiceSessionOptions = {};
  #shown: readonly unknown[] = [];

  constructor(host: LitElement & StateHost, session: VoiceSession, observer: SessionObserver) {
    this.session = session;
    this.#host = host;
    this.#observer = observer;
    this.#reflection = new StateReflection(host, host.attachInternals?.());
    for (const type of FORWARDED) session.addEventListener(type, this.#forward);
    session.addEventListener('change', this.#change);
    new Removal(host, () => this.session.state !== 'failed' && this.session.stop('removed'));
    host.addController(this);
  }

  /** Whether a call is being set up or goes on. */
  get running(): boolean {
    return isRunning(this.session.state);
  }

  hostConnected(): void {
    this.#reflection.reflect();
  }

  hostUpdated(): void {
    this.#reflection.reflect();
  }

  /** Gives the session its options if any of them differs from the last ones. */
  configure(options: VoiceSessionOptions): void {
    const before = this.#options;
    // A running call keeps its endpoint when the page takes it away: it is needed to restore a lost connection.
    if (this.running && !hasEndpoint(options)) options = { ...options, ...endpointOf(before) };
    const names = Object.keys(options) as (keyof VoiceSessionOptions)[];
    if (names.every((name) => options[name] === before[name])) return;
    this.#options = options;
    this.session.configure(options);
    // The configuration error is fixed, so the element can start again.
    const isMended = (!hasEndpoint(before) && hasEndpoint(options)) || (before.fault && !options.fault);
    if (isMended && this.session.error?.code === 'configuration') this.session.stop();
  }

  /** An event can be dispatched only once, so the page gets a copy; `preventDefault()` goes back to the original. */
  readonly #forward = (event: Event): void => {
    const original = event as SessionEvent;
    this.#reflection.reflect();
    this.#observer.sessionEvent(original);
    const Copy = original.constructor as new (detail: unknown) => SessionEvent;
    if (!this.#host.dispatchEvent(new Copy(original.detail))) original.preventDefault();
  };

  /** The transcript draws itself; for everything else the element is drawn again, if anything else has changed. */
  readonly #change = (): void => {
    this.#reflection.reflect();
    this.#observer.sessionChanged();
    const shown = shownFacts(this.session);
    if (shown.every((fact, index) => fact === this.#shown[index])) return;
    this.#shown = shown;
    this.#host.requestUpdate('muted', !this.session.muted);
    this.#host.requestUpdate();
  };
}

function hasEndpoint({ tokenUrl, tokenSource, sessionUrl }: VoiceSessionOptions): boolean {
  return [tokenUrl, tokenSource, sessionUrl].some((endpoint) => endpoint !== undefined);
}

function endpointOf({ tokenUrl, tokenSource, sessionUrl, callsUrl }: VoiceSessionOptions): VoiceSessionOptions {
  return { tokenUrl, tokenSource, sessionUrl, callsUrl } as VoiceSessionOptions;
}

/** Everything that the element shows of a session, except levels and words. */
function shownFacts(session: VoiceSession): readonly unknown[] {
  const { state, error, muted, microphone, kind, language, runningTools, transcript } = session;
  const isLastFailed = transcript.at(-1)?.status === 'failed';
  return [state, error, muted, microphone, kind, language, runningTools.join(), transcript.length > 0, isLastFailed];
}
