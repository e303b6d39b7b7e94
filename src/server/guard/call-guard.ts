import { unref } from '../background-timer.js';
import { endCall } from '../end-call.js';
import { withinDeadline } from '../hook-deadline.js';
import type { HandlerOptions, MintRecord } from '../options.js';
import { resolveOptions } from '../resolved-options.js';
import { realtimeApi } from '../service-call.js';
import { warnOfOpenKey } from '../startup-warnings.js';
import { MemoryClaims, type CallClaims, type GuardedCall } from './call-claims.js';
import { CallEndings } from './call-endings.js';
import { GuardedSession } from './guarded-session.js';
import { canJoin, Sideband, type Connect, type SidebandClass } from './sideband.js';
import { WatchedCall, type GuardEndReason } from './watched-call.js';

/** What a guard did. */
export interface GuardRecord {
  callId: string;
  preset?: string;
  /** `watching`: the guard has joined the call. `over`: the call has ended by itself. */
  action: 'watching' | 'restored' | 'ended' | 'over';
  /** Why the call was ended. */
  reason?: GuardEndReason;
}

export interface CallGuardOptions extends Pick<
  HandlerOptions,
  'apiKey' | 'session' | 'presets' | 'baseUrl' | 'maxSessionSeconds'
> {
  /** Which guard watches which call; default in the memory of this process. */
  claims?: CallClaims;
  /** A class whose second parameter takes `{ headers }`, such as that of `ws`; default the runtime's `WebSocket`. */
  WebSocket?: SidebandClass;
  /** Told of everything that the guard does, for audit and metrics. */
  onGuard?: (record: GuardRecord) => void | Promise<void>;
}

/** The call that was opened. */
export type WatchRecord = Pick<MintRecord, 'callId' | 'preset'> & { ok?: boolean };

export interface CallGuard {
  /** Watches the call of a record, as `onMint` of a session handler gets it; a record of a failure is ignored. */
  watch(this: void, record: WatchRecord): Promise<void>;
  /** Watches a call that the page named, if the service confirms it; false otherwise. */
  confirm(callId: string, preset?: string): Promise<boolean>;
  /** Stops watching. Other guards with the same claims take over at once. */
  close(): Promise<void>;
}

const NAME = 'createCallGuard';
/** No call lasts a day. */
const LONGEST_CALL_MS = 86_400_000;

/**
 * Watches calls from the server: restores instructions and tools that the page has changed, ends the call if it keeps
 * changing them, if it cannot be watched, or after `maxSessionSeconds`.
 */
export function createCallGuard(options: CallGuardOptions): CallGuard {
  const { claims = new MemoryClaims(), onGuard } = options ?? {};
  const WebSocket = options?.WebSocket ?? (globalThis as { WebSocket?: SidebandClass }).WebSocket;
  // The guard may be given the options of the handler. Of these it takes what it needs.
  const { apiKey, session, presets, baseUrl: base, maxSessionSeconds } = options ?? ({} as CallGuardOptions);
  const resolved = resolveOptions({ apiKey, session, presets, baseUrl: base, maxSessionSeconds, limiter: false }, NAME);
  if (typeof WebSocket !== 'function') {
    throw new TypeError(`${NAME}: this runtime has no WebSocket. Install ws, and pass its class as WebSocket.`);
  }
  if (onGuard !== undefined && typeof onGuard !== 'function')
    throw new TypeError(`${NAME}: onGuard must be a function.`);
  if (typeof claims?.takeOver !== 'function') {
    throw new TypeError(`${NAME}: claims must be those of createRedisClaims(). Or leave it out.`);
  }
  if (resolved.sessions.isLive) {
    throw new TypeError(`${NAME}: GPT-Live cannot be guarded. Limit its client events in session, under client.`);
  }
  warnOfOpenKey(resolved.baseUrl, NAME);
  const sessions = new Map(
    resolved.sessions.all.map(({ preset, json }) => [preset, guarded(json, preset ?? 'session')] as const),
  );
  const url = `${resolved.baseUrl.replace(/^http/, 'ws')}/v1/realtime?call_id=`;
  const connect: Connect = (callId, listener) => new Sideband(WebSocket, url + callId, resolved.apiKey, listener);
  const endOf = (callId: string): Promise<boolean> => {
    const headers = new Headers({ Authorization: `Bearer ${resolved.apiKey}` });
    return endCall(resolved.baseUrl + realtimeApi.hangUpPath(callId), headers, 'any-failure');
  };
  return new Guard({ claims, sessions, connect, endOf, maxSessionSeconds, onGuard });
}

function guarded(json: string, name: string): GuardedSession {
  try {
    return new GuardedSession(json);
  } catch (error) {
    throw new TypeError(`${NAME}: ${name} ${(error as Error).message}`);
  }
}

interface Parts {
  claims: CallClaims;
  sessions: ReadonlyMap<string | undefined, GuardedSession>;
  connect: Connect;
  endOf: (callId: string) => Promise<boolean>;
  maxSessionSeconds: number | undefined;
  onGuard: CallGuardOptions['onGuard'];
}

class Guard implements CallGuard {
  readonly #owner = crypto.randomUUID();
  readonly #parts: Parts;
  readonly #watched = new Map<string, WatchedCall>();
  /** When the calls end that were left, because their preset is not known here. Until then, one may come back. */
  readonly #left = new Map<string, number>();
  readonly #endings: CallEndings;
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { claims, endOf } = parts;
    this.#endings = new CallEndings({ claims, endOf, owner: this.#owner, log });
    const { renewEveryMs } = claims;
    if (renewEveryMs === undefined) return;
    this.#timer = setInterval(() => void this.#renewAll().catch(log), renewEveryMs);
    unref(this.#timer);
  }

  readonly watch = async ({ ok, callId, preset }: WatchRecord): Promise<void> => {
    if (callId === undefined) {
      const hint = 'a call is not guarded, because its id is not known. Token handlers need createGuardHandler.';
      if (ok) console.error(`realtime-voice/server: ${NAME}: ${hint}`);
      return;
    }
    const { claims, maxSessionSeconds } = this.#parts;
    const call: GuardedCall = { callId, restores: 0 };
    if (preset !== undefined) call.preset = preset;
    if (maxSessionSeconds !== undefined) call.endsAt = Date.now() + maxSessionSeconds * 1000;
    if (await claims.add(call, this.#owner)) this.#start(call);
  };

  async confirm(callId: string, preset?: string): Promise<boolean> {
    if (!realtimeApi.isCallId(callId) || !this.#parts.sessions.has(preset)) return false;
    if (!(await canJoin(this.#parts.connect, callId))) return false;
    await this.watch({ callId, ...(preset !== undefined && { preset }) });
    return true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    const ids = [...this.#watched.keys()];
    for (const watched of this.#watched.values()) watched.stop();
    this.#watched.clear();
    await Promise.all([this.#endings.close(), ...ids.map((id) => this.#parts.claims.release(id, this.#owner))]);
  }

  #start(call: GuardedCall): void {
    const session = this.#parts.sessions.get(call.preset);
    if (this.#isClosed || !session) return void this.#leave(call).catch(log);
    const watched = new WatchedCall(call, session, this.#parts.connect, {
      joined: () => this.#report(call, { action: 'watching' }),
      restored: () => {
        // Saved first: a machine that takes over goes on counting.
        void this.#renew(watched)
          .catch(log)
          .then(() => this.#report(call, { action: 'restored' }));
      },
      mustEnd: (reason) => void this.#end(call, reason).catch(log),
    });
    this.#watched.set(call.callId, watched);
  }

  /** For a guard on another machine. Nothing runs for longer than it may, watched or not. */
  async #leave(call: GuardedCall): Promise<void> {
    const { claims } = this.#parts;
    const now = Date.now();
    const { callId, endsAt = now + LONGEST_CALL_MS } = call;
    if (endsAt <= now) return this.#end(call, 'max-session-seconds');
    if (!this.#isClosed) {
      for (const [id, end] of this.#left) if (end <= now) this.#left.delete(id);
      // It has come back, because no other guard knows the preset either. This claim ends by itself.
      if (this.#left.has(callId)) return;
      this.#left.set(callId, endsAt);
      console.error(`realtime-voice/server: ${NAME}: the preset of call ${callId} is not known here.`);
      // So that it does not come back for ever.
      await claims.renew({ ...call, endsAt }, this.#owner);
    }
    await claims.release(callId, this.#owner);
  }

  async #renewAll(): Promise<void> {
    const { claims } = this.#parts;
    await Promise.all([...[...this.#watched.values()].map((watched) => this.#renew(watched)), this.#endings.renew()]);
    for (const call of await claims.takeOver(this.#owner)) {
      if (!this.#watched.has(call.callId)) this.#start(call);
    }
  }

  async #renew(watched: WatchedCall): Promise<void> {
    const { callId } = watched.call;
    if (await this.#parts.claims.renew(watched.call, this.#owner)) return;
    // Another guard has taken it over, because this process was held up.
    watched.stop();
    if (this.#watched.get(callId) === watched) this.#watched.delete(callId);
  }

  /** A call that seems to have ended is ended too: nothing may run unwatched. */
  async #end(call: GuardedCall, reason: GuardEndReason | 'over'): Promise<void> {
    const { callId } = call;
    if (this.#endings.has(callId)) return;
    this.#watched.delete(callId);
    const outcome = await this.#endings.end(call);
    if (outcome === 'left') return;
    if (outcome !== 'given-up') {
      const wasRunning = outcome === 'ended' && reason !== 'over';
      this.#report(call, wasRunning ? { action: 'ended', reason } : { action: 'over' });
    }
    this.#left.delete(callId);
    await this.#parts.claims.remove(callId, this.#owner);
  }

  #report({ callId, preset }: GuardedCall, what: Pick<GuardRecord, 'action' | 'reason'>): void {
    const { onGuard } = this.#parts;
    if (!onGuard) return;
    const record = { callId, ...(preset !== undefined && { preset }), ...what };
    withinDeadline('onGuard', async () => onGuard(record)).catch(log);
  }
}

function log(...what: unknown[]): void {
  console.error(`realtime-voice/server: ${NAME}:`, ...what);
}
