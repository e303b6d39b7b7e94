import { randomBytes } from 'node:crypto';
import { invalid, ServiceError } from '../service/service-error.js';
import { readSession, type SessionRequest } from '../wire/realtime/session-config.js';

export interface Secret {
  value: string;
  /** Unix seconds. */
  expires_at: number;
  session: SessionRequest;
}

/** How long a secret is valid, in seconds. */
const SHORTEST = 10;
const LONGEST = 7200;
const DEFAULT = 600;
/** Not a multiple of three, so that it ends in base64 padding, which a careless client loses. */
const SEALED_BYTES = 400;

/** The client secrets that a site's server mints. A secret opens any number of calls until it expires. */
export class Secrets {
  readonly #now: () => number;
  readonly #sealed: boolean;
  readonly #minted = new Map<string, Secret>();

  /**
   * @param now milliseconds, as `Date.now`
   * @param sealed the secrets are long and have no prefix, like those of a gateway that encrypts the service's own
   */
  constructor(now: () => number, sealed = false) {
    this.#now = now;
    this.#sealed = sealed;
  }

  /** @param body the body of the request, unchecked */
  mint(body: unknown): Secret {
    const { session, expires_after: expiry } = (body ?? {}) as {
      session?: unknown;
      expires_after?: { seconds?: unknown };
    };
    const seconds = expiry?.seconds ?? DEFAULT;
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

  /** @returns the session that the secret is bound to */
  redeem(value: string): SessionRequest {
    const secret = this.#minted.get(value);
    if (!secret) throw new ServiceError(401, 'Incorrect API key provided.', 'invalid_api_key');
    if (this.#now() >= secret.expires_at * 1000) {
      throw new ServiceError(401, 'Ephemeral token expired.', 'token_expired');
    }
    return secret.session;
  }
}
