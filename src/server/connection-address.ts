import type { VisitorInfo } from './options.js';

/** What servers pass with a request, as far as it tells the address of the connection. */
interface ConnectionInfo {
  /** What the site itself says. */
  address?: unknown;
  /** Node: `@hono/node-server`, and `c.env` of Hono on it. */
  incoming?: { socket?: { remoteAddress?: unknown } | null } | null;
  /** Deno: `Deno.serve`, and `c.env` of Hono on it. */
  remoteAddr?: { hostname?: unknown } | null;
  /** Bun: `Bun.serve`, and `c.env` of Hono on it. */
  requestIP?: unknown;
}

/**
 * The address at the other end of the connection, as the site or its server knows it; no header is read. Undefined if
 * neither tells it.
 */
export function connectionAddress(request: Request, info: VisitorInfo): unknown {
  if (typeof info !== 'object' || info === null) return undefined;
  const told = info as ConnectionInfo;
  // Where the site names an address, even none, that counts.
  if ('address' in told) return told.address;
  return told.incoming?.socket?.remoteAddress ?? told.remoteAddr?.hostname ?? bunAddress(request, told);
}

function bunAddress(request: Request, server: ConnectionInfo): unknown {
  if (typeof server.requestIP !== 'function') return undefined;
  const { requestIP } = server as { requestIP(request: Request): { address?: unknown } | null };
  return requestIP.call(server, request)?.address;
}
