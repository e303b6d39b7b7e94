import { Refusal } from './refusal.js';

export interface OriginRules {
  allowedOrigins: readonly string[];
  publicOrigin?: string | undefined;
}

/**
 * Returns the origin that may read the answer, or null when no browser named one; refuses everybody else. Only pages of
 * the site itself and of the listed origins may ask. Browsers set both headers and no script can forge them, so this
 * stops other websites; a program that is no browser has to be stopped by `authorize` and `limiter`.
 */
export function admitOrigin(request: Request, { allowedOrigins, publicOrigin }: OriginRules): string | null {
  const origin = request.headers.get('Origin');
  const site = request.headers.get('Sec-Fetch-Site');

  const isListed = origin !== null && allowedOrigins.includes(origin) && site !== 'none';
  const isOwn = publicOrigin === undefined ? isSameHost(request, origin, site) : isPublic(publicOrigin, origin, site);
  if (isListed || isOwn) return origin;
  throw new Refusal(
    403,
    'origin-not-allowed',
    'This origin may not use this endpoint. Sites on other origins have to be listed in allowedOrigins.',
  );
}

/** The origin of the site itself, for requests in which the browser names none. */
export function ownOrigin(request: Request, { publicOrigin }: OriginRules): string {
  return publicOrigin ?? new URL(request.url).origin;
}

/** A page whose name was made to resolve to this server is "same-origin" too, so its origin must be the known one. */
function isPublic(publicOrigin: string, origin: string | null, site: string | null): boolean {
  return origin === publicOrigin && (site === null || site === 'same-origin');
}

function isSameHost(request: Request, origin: string | null, site: string | null): boolean {
  const own = new URL(request.url);
  if (site === null) return origin === own.origin;
  return site === 'same-origin' && (origin === null || origin === own.origin || isOwnBehindProxy(origin, own));
}

/** A proxy that ends TLS passes `http:` on. The browser has vouched for "same origin", so the host decides. */
function isOwnBehindProxy(origin: string, own: URL): boolean {
  return own.protocol === 'http:' && origin === `https://${own.host}`;
}
