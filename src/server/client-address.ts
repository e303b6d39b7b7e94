import { connectionAddress } from './connection-address.js';
import { withinDeadline } from './hook-deadline.js';
import { normaliseAddress, normaliseName } from './ip-address.js';
import type { HandlerOptions, VisitorInfo } from './options.js';
import type { UnknownProxyWarning } from './unknown-proxy.js';

/** How a handler finds addresses. */
export interface AddressRules extends Pick<HandlerOptions, 'clientAddress' | 'trustedProxies'> {
  /** Told of requests that have come through a proxy that the site has not named. */
  unknownProxy?: UnknownProxyWarning;
}

/** The address of the visitor, or undefined when nobody trustworthy knows it. */
export async function findClientAddress(
  request: Request,
  info: VisitorInfo,
  { clientAddress, trustedProxies = 0, unknownProxy }: AddressRules,
): Promise<string | undefined> {
  const own = clientAddress && (await withinDeadline('clientAddress', () => clientAddress(request, info)));
  const named = normaliseName(own);
  if (named !== undefined) return named;

  const forwarded = (request.headers.get('X-Forwarded-For') ?? '').split(',');
  // A shorter list means that the request did not come through all the proxies, so the peer is the visitor.
  const isForwarded = trustedProxies > 0 && forwarded.length >= trustedProxies && forwarded.at(-1) !== '';
  if (isForwarded) return normaliseAddress(forwarded.at(-trustedProxies)!);
  const address = normaliseName(connectionAddress(request, info));
  if (trustedProxies === 0 && !clientAddress) unknownProxy?.check(request, address);
  return address;
}
