import { randomBytes } from 'node:crypto';
import { invalid, ServiceError } from './service-error.js';
import { readSession, type SessionRequest } from '../wire/realtime/session-config.js';

export interface Secret {
  value: string;
  /** Unix seconds. */
  expires_at: number;
  session: SessionRequest;
}

const SHORTEST = 10;
const LONGEST = 7200;
const USUAL = 600;
/** No multiple of three: in base64 it ends in padding, which a careless client loses. */
const SEALED_BYTES = 400;

/** The ephemeral keys a site's server mints for its visitors. One opens any number of sessions until it expires. */
export class Secrets {
  readonly #now: () => number;
  readonly #sealed: boolean;
  readonly #minted = new Map<string, Secret>();

  /**
   * @param now milliseconds, as `Date.now`
   * @param sealed long and without a mark, as a gateway has them which locks the service's own secret up in its own
   */
  constructor(now: () => number, sealed = false) {
    this.#now = now;
    this.#sealed = sealed;
  }

  /** @param body of the request, as it came */
  mint(body: unknown): Secret {
    const { session, expires_after: expiry } = (body ?? {}) as {
      session?: unknown;
      expires_after?: { seconds?: unknown };
    };
    const seconds = expiry?.seconds ?? USUAL;
    if (typeof seconds !== 'number' || seconds < SHORTEST || seconds > LONGEST) {
      throw invalid(`Expected a number from ${SHORTEST} to ${LONGEST}.`, 'invalid_value', 'expires_after.seconds');
    }
    const secret: Secret = {
      value: this.#sealed ? randomBytes(SEALED_BYTES).toString('base64') : `ek_${randomBytes(16).toString('hex')}`,
      expires_at: Math.floor(this.#now() / 1000) + seconds,
      session: readSession(session),
    };
    this.#minted.set(secret.value, secret);
    return secret;
  }

  redeem(value: string): SessionRequest {
    const secret = this.#minted.get(value);
    if (!secret) throw new ServiceError(401, 'Incorrect API key provided.', 'invalid_api_key');
    if (this.#now() >= secret.expires_at * 1000) {
      throw new ServiceError(401, 'Ephemeral token expired.', 'token_expired');
    }
    return secret.session;
  }
}
