import { DerivedKey } from './derived-key.js';

/** Longer than the longest call that the service allows. */
const SHORTEST_LIFETIME_S = 7_200;

/** What a `Location` belongs to. */
export interface CallOwner {
  /** The origin of the page that opened the call. */
  origin: string;
  /** What `bindTo` says of the visitor; '' without one. */
  binding: string;
}

/**
 * The `Location` of a call: `?call_id=…&call_expires=…&call_signature=…`. Only who was given it may end the call; the
 * id alone, which appears in logs and events, is not enough.
 */
export class SignedLocation {
  readonly #key: DerivedKey;
  readonly #isCallId: (text: string) => boolean;
  readonly #lifetimeS: number;

  constructor(secret: string, isCallId: (text: string) => boolean, longestCallS = 0) {
    this.#key = new DerivedKey(secret, 'call location');
    this.#isCallId = isCallId;
    this.#lifetimeS = Math.max(SHORTEST_LIFETIME_S, longestCallS);
  }

  /** Relative, since a proxy may give this endpoint another path than the one that is seen here. */
  async write(callId: string, owner: CallOwner, requestUrl: string): Promise<string> {
    const expires = String(nowInSeconds() + this.#lifetimeS);
    const query = new URL(requestUrl).searchParams;
    query.set('call_id', callId);
    query.set('call_expires', expires);
    query.set('call_signature', await this.#key.sign(signedText(callId, expires, owner)));
    return `?${query}`;
  }

  /**
   * The id of the call; undefined unless this handler wrote the location for this owner and it has not expired. The
   * owner is asked for only if it matters.
   */
  async read(requestUrl: string, findOwner: () => Promise<CallOwner>): Promise<string | undefined> {
    const query = new URL(requestUrl).searchParams;
    const [callId, expires, signature] = ['call_id', 'call_expires', 'call_signature'].map((name) => {
      const values = query.getAll(name);
      return values.length === 1 ? values[0]! : '';
    }) as [string, string, string];
    if (!this.#isCallId(callId) || !/^\d{1,12}$/.test(expires)) return undefined;
    if (Number(expires) <= nowInSeconds()) return undefined;
    const isOurs = await this.#key.verify(signedText(callId, expires, await findOwner()), signature);
    return isOurs ? callId : undefined;
  }
}

function signedText(callId: string, expires: string, { origin, binding }: CallOwner): string {
  return JSON.stringify([callId, expires, origin, binding]);
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
