/**
 * Ends a call at the site's own server, with one DELETE of the call's resource as in WHIP (RFC 9725, section 4.2).
 * The request outlives the page. Its outcome is of no use: the connection is closed in any case.
 */
export function hangUp(resource: string, credentials: RequestCredentials): void {
  fetch(resource, { method: 'DELETE', keepalive: true, credentials }).catch(() => {});
}

/**
 * The resource of a call from the `Location` of its answer, or undefined if the browser may not end the call. Only an
 * address at the endpoint itself is used, because some servers pass on the service's own address.
 */
export function callResource(endpoint: URL, location: string | null): string | undefined {
  if (!location) return undefined;
  const resource = new URL(location, endpoint);
  const isOfEndpoint = resource.origin === endpoint.origin && resource.pathname === endpoint.pathname;
  return isOfEndpoint ? resource.href : undefined;
}
