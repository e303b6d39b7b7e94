import { later } from '../background-timer.js';
import type { GuardedCall } from './call-claims.js';
import type { GuardedSession } from './guarded-session.js';
import type { Connect, Sideband } from './sideband.js';

/** Why a guard ended a call. */
export type GuardEndReason = 'drift' | 'max-session-seconds' | 'unwatchable';

export interface WatchListener {
  /** The service has let the guard in, and the session is that of the site. */
  joined(): void;
  /** The page changed the session, and the guard changed it back. */
  restored(): void;
  /** The call has to be ended. Called once; the call is not watched any more. `over`: it seems to have ended. */
  mustEnd(reason: GuardEndReason | 'over'): void;
}

/** Waits between tries to join the call, in milliseconds. A call that has ended cannot be joined either. */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000];
/** The service confirms a change within milliseconds. */
const CONFIRM_LIMIT_MS = 5_000;
/** The next change of the page ends the call. */
const MOST_RESTORES = 2;

/** One call that this process guards. */
export class WatchedCall {
  readonly call: GuardedCall;
  readonly #session: GuardedSession;
  readonly #connect: Connect;
  readonly #listener: WatchListener;
  #sideband: Sideband | undefined;
  #failures = 0;
  #hasJoined = false;
  #watching = true;
  #endTimer: ReturnType<typeof setTimeout> | undefined;
  #confirmTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: GuardedCall, session: GuardedSession, connect: Connect, listener: WatchListener) {
    this.call = call;
    this.#session = session;
    this.#connect = connect;
    this.#listener = listener;
    if (call.endsAt !== undefined) {
      this.#endTimer = later(Math.max(0, call.endsAt - Date.now()), () => this.#end('max-session-seconds'));
    }
    this.#join();
  }

  /** Leaves the call as it is. */
  stop(): void {
    this.#watching = false;
    for (const timer of [this.#endTimer, this.#confirmTimer, this.#retryTimer]) clearTimeout(timer);
    this.#sideband?.close();
  }

  #join(): void {
    try {
      this.#sideband = this.#connect(this.call.callId, {
        // What happened before, or while nobody watched, is not known.
        opened: () => this.#restore(),
        received: (event) => this.#received(event),
        closed: () => this.#closed(),
      });
    } catch (error) {
      // A class that takes no headers.
      console.error('realtime-voice/server: createCallGuard: WebSocket cannot be used.', error);
      this.#closed();
    }
  }

  #received({ type, session }: Record<string, unknown>): void {
    // `session.created` may be older than the change that was sent on joining.
    if (type !== 'session.updated') return;
    if (this.#session.matches(session)) return this.#confirmed();
    if (this.call.restores >= MOST_RESTORES) return this.#end('drift');
    this.call.restores++;
    this.#restore();
    this.#listener.restored();
  }

  #confirmed(): void {
    clearTimeout(this.#confirmTimer);
    this.#failures = 0;
    if (this.#hasJoined) return;
    this.#hasJoined = true;
    this.#listener.joined();
  }

  #restore(): void {
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = later(CONFIRM_LIMIT_MS, () => this.#end('unwatchable'));
    this.#sideband?.send(this.#session.restoringEvent());
  }

  #closed(): void {
    clearTimeout(this.#confirmTimer);
    const delay = RETRY_DELAYS_MS[this.#failures++];
    if (delay === undefined) return this.#end(this.#hasJoined ? 'over' : 'unwatchable');
    this.#retryTimer = later(delay, () => this.#join());
  }

  #end(reason: GuardEndReason | 'over'): void {
    if (!this.#watching) return;
    this.stop();
    this.#listener.mustEnd(reason);
  }
}
