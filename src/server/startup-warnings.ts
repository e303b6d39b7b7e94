import { isLoopback } from './loopback.js';
import type { ResolvedOptions } from './resolved-options.js';

/** Says in the log, when a handler is created, what is allowed but dangerous. */
export function warnAtStart({ authorize, hasOwnLimiter, humanCheck, baseUrl }: ResolvedOptions, creator: string): void {
  if (!authorize && !humanCheck && !hasOwnLimiter && isProduction()) {
    console.warn(
      `${creator}: anybody may start calls at your expense. Set authorize (a login) or verifyHuman ` +
        '(a captcha), or a limiter of your own that counts for all processes.',
    );
  }
  warnOfOpenKey(baseUrl, creator);
}

/** Says in the log that the key can be read on the way to the service. */
export function warnOfOpenKey(baseUrl: string, creator: string): void {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    console.warn(`${creator}: baseUrl is not https, so everybody on the way to ${hostname} can read the key.`);
  }
}

interface Runtime {
  process?: { env?: Record<string, string | undefined> };
  Deno?: { permissions?: { querySync?(wanted: object): { state: string } } };
}

function isProduction(): boolean {
  const { process, Deno } = globalThis as Runtime;
  // Without the permission Deno would stop and ask the person at the terminal.
  const permission = Deno?.permissions?.querySync?.({ name: 'env', variable: 'NODE_ENV' });
  if (permission && permission.state !== 'granted') return false;
  return process?.env?.['NODE_ENV'] === 'production';
}
