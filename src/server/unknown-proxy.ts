/** Addresses of this machine and of private networks, as `normaliseAddress` writes them: reverse proxies have these. */
const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0:0:0:0::\/64$|f[cd][\da-f]{2}:)/;

/** Says once in the log that visitors seem to come through a proxy whose address they all share. */
export class UnknownProxyWarning {
  #said = false;

  check(request: Request, address: string | undefined): void {
    if (this.#said || address === undefined || !PRIVATE.test(address)) return;
    if (!request.headers.has('X-Forwarded-For')) return;
    this.#said = true;
    console.warn(
      'realtime-voice/server: a request came through a proxy, so all visitors count as one address. ' +
        'Set trustedProxies to the number of your own proxies, or clientAddress.',
    );
  }
}
