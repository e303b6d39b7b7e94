/** What a machine must know to guard a call. */
export interface GuardedCall {
  callId: string;
  /** The name of the preset; missing for `session`. */
  preset?: string;
  /** When the call has to end, in milliseconds since the epoch; missing for no limit. */
  endsAt?: number;
  /** How often the session was restored. */
  restores: number;
  /** How often the service failed to end it; missing for never. */
  failedEnds?: number;
}

/**
 * Which guard watches which call. A claim is a lease: a guard that does not renew it in time, because its machine is
 * gone, loses its calls to the others.
 */
export interface CallClaims {
  /** Milliseconds between two renewals; undefined if claims last as long as the process. */
  readonly renewEveryMs: number | undefined;
  /** Notes a call, claimed by the owner; false if it is noted already. */
  add(call: GuardedCall, owner: string): Promise<boolean>;
  /** Saves the call and renews its claim; false if another owner has it. */
  renew(call: GuardedCall, owner: string): Promise<boolean>;
  /** Claims calls that nobody claims any more. */
  takeOver(owner: string): Promise<GuardedCall[]>;
  /** The call has ended. */
  remove(callId: string, owner: string): Promise<void>;
  /** Gives up the claim, so that another guard may take over at once. */
  release(callId: string, owner: string): Promise<void>;
}

/** For one process: what it forgets, nobody can take over. */
export class MemoryClaims implements CallClaims {
  readonly renewEveryMs = undefined;
  readonly #calls = new Set<string>();

  async add({ callId }: GuardedCall): Promise<boolean> {
    if (this.#calls.has(callId)) return false;
    this.#calls.add(callId);
    return true;
  }

  async renew(): Promise<boolean> {
    return true;
  }

  async takeOver(): Promise<GuardedCall[]> {
    return [];
  }

  async remove(callId: string): Promise<void> {
    this.#calls.delete(callId);
  }

  async release(callId: string): Promise<void> {
    this.#calls.delete(callId);
  }
}
