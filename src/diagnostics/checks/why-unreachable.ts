import { pause } from './pause.js';

/** So long after a request the browser may report that a policy blocked it, in milliseconds. */
const REPORT_MS = 100;

/** Why a request got no answer; undefined if that cannot be found out. */
export type Unreachable = 'offline' | 'blocked-by-csp' | 'no-cors' | 'redirected';

/**
 * Finds out why a request failed, by another one that asks for no more than a sign of life. It carries no secret and no
 * cookies, and its answer cannot be read.
 */
export async function whyUnreachable(url: string, signal: AbortSignal): Promise<Unreachable | undefined> {
  if (navigator.onLine === false) return 'offline';
  const { origin } = new URL(url, document.baseURI);
  let isBlocked = false;
  const onViolation = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    isBlocked ||= effectiveDirective === 'connect-src' && blockedURI.startsWith(origin);
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    const { type, redirected } = await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', signal });
    // An address of the site itself has an opaque answer only if it leads to another host, such as one to log in.
    if (type === 'opaque') return origin === location.origin ? 'redirected' : 'no-cors';
    return redirected ? 'redirected' : undefined;
  } catch {
    await pause(REPORT_MS, signal);
    return isBlocked ? 'blocked-by-csp' : undefined;
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}
