import { Refusal } from './refusal.js';

export interface OriginRules {
  allowedOrigins: readonly string[];
  publicOrigin?: string | undefined;
}

/**
 * Admits requests from the site's own pages and from the listed origins, and refuses all others. Returns the origin
 * that may read the answer; it is null if no browser named one. The check relies on `Origin` and `Sec-Fetch-Site`,
 * which a browser sets and a page's script cannot change. A program that is not a browser can send any header;
 * `authorize` and `limiter` have to stop it.
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
  return publicOrigin ?? siteOf(request).origin;
}

/**
 * The site as the browser has asked for it. Some servers, such as that of Next.js, put the address that they listen at
 * into the URL. `Host` is set by the browser, as `Origin` is.
 */
function siteOf({ url, headers }: Request): URL {
  const { protocol, host } = new URL(url);
  const named = `${protocol}//${headers.get('Host') ?? host}`;
  return new URL(URL.canParse(named) ? named : url);
}

/** A page whose name was made to resolve to this server is "same-origin" too, so its origin must be the known one. */
function isPublic(publicOrigin: string, origin: string | null, site: string | null): boolean {
  return origin === publicOrigin && (site === null || site === 'same-origin');
}

function isSameHost(request: Request, origin: string | null, site: string | null): boolean {
  const own = siteOf(request);
  if (site === null) return origin === own.origin;
  return site === 'same-origin' && (origin === null || origin === own.origin || isOwnBehindProxy(origin, own));
}

/** A proxy that terminates TLS forwards `http:`. The browser has confirmed "same origin", so the host is enough. */
function isOwnBehindProxy(origin: string, own: URL): boolean {
  return own.protocol === 'http:' && origin === `https://${own.host}`;
}
