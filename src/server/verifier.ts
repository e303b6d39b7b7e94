import { withTimeLimit } from './time-limit.js';
import { parseJson, readUpstreamBody } from './upstream-body.js';

/** What the captcha service says of a token, unchecked except for its verdict. */
export interface Verification {
  success: boolean;
  errorCodes: readonly string[];
  hostname: unknown;
  action: unknown;
  score: unknown;
}

const DEADLINE_MS = 3_000;

/**
 * Asks `siteverify`, as Turnstile, hCaptcha and reCAPTCHA have it in common. Undefined if it gave no usable answer in
 * time. It is asked once: a token that was already seen would be refused the second time.
 */
export async function askVerifier(
  url: string,
  { secretKey, token, address }: { secretKey: string; token: string; address: string | undefined },
  visitor: AbortSignal,
): Promise<Verification | undefined> {
  const form = new URLSearchParams({ secret: secretKey, response: token });
  // Of an IPv6 visitor only the network is known here.
  if (address !== undefined && /^\d+(\.\d+){3}$/.test(address)) form.set('remoteip', address);
  try {
    return await withTimeLimit(DEADLINE_MS, visitor, async (signal) => {
      // A redirect is never followed: the secret key is for this address only.
      const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual', signal });
      const body = await readUpstreamBody(response);
      return body && readVerification(parseJson(body), response.ok);
    });
  } catch {
    return undefined;
  }
}

/** Some services answer a wrong secret key with status 400 and its error code. Success counts with status 2xx only. */
function readVerification(body: unknown, ok: boolean): Verification | undefined {
  const { success, 'error-codes': codes, hostname, action, score } = (body ?? {}) as Record<string, unknown>;
  if (success !== false && !(ok && success === true)) return undefined;
  const errorCodes = Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : [];
  return { success, errorCodes, hostname, action, score };
}
