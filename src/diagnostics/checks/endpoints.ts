import type { VoiceError } from '../../errors.js';
import { clientSecret } from '../../session/connection/client-secret.js';
import { checkUrl } from '../../transport/http-request.js';
import type { Check, Finding } from '../check-run.js';
import type { CheckDetails } from '../environment-check.js';
import { failure } from '../failure.js';
import { TrialCall } from '../trial-call.js';
import { whyUnreachable } from './why-unreachable.js';

/** Gets a client secret, with the same request as a call. */
export const checkToken: Check = async (run, signal) => {
  const { sessionUrl, tokenUrl, tokenSource } = run.options;
  if (sessionUrl) return { status: 'skipped', code: 'not-needed' };
  if (!tokenUrl && !tokenSource) return { status: 'skipped', code: 'not-configured' };
  if (tokenUrl) checkUrl('tokenUrl', tokenUrl);
  const details: CheckDetails = tokenUrl && !tokenSource ? { server: serverOf(tokenUrl) } : {};
  const began = performance.now();
  try {
    run.secret = await clientSecret(run.options, signal);
  } catch (error) {
    return unanswered(error, tokenUrl ?? '', details, signal);
  }
  const answered = { ...details, answeredMs: Math.round(performance.now() - began) };
  const { expiresAt } = run.secret;
  if (!expiresAt) return { status: 'passed', code: 'ok', details: answered };
  const validSeconds = Math.round((expiresAt - Date.now()) / 1000);
  return validSeconds > 0
    ? { status: 'passed', code: 'ok', details: { ...answered, validSeconds } }
    : { status: 'warning', code: 'clock-wrong', details: { ...answered, validSeconds } };
};

/** Sends the offer of a short call, and reads the answer. */
export const checkCalls: Check = async (run, signal) => {
  const { callsUrl, sessionUrl } = run.options;
  if (callsUrl) checkUrl('callsUrl', callsUrl);
  if (sessionUrl) checkUrl('sessionUrl', sessionUrl);
  const call = new TrialCall(run.options, run.secret);
  run.resources.add(() => call.close());
  run.call = call;
  const details = { server: serverOf(call.url) };
  const began = performance.now();
  try {
    await call.dial(signal);
  } catch (error) {
    return unanswered(error, call.url, details, signal);
  }
  return { status: 'passed', code: 'ok', details: { ...details, answeredMs: Math.round(performance.now() - began) } };
};

/** The host of an address. Its path and query may hold something private. */
function serverOf(url: string): string {
  const { host } = new URL(url, document.baseURI);
  return host === location.host ? 'this site' : host;
}

/** Browsers say only that a request failed. A second request, without anything in it, shows why. */
async function unanswered(error: unknown, url: string, details: CheckDetails, signal: AbortSignal): Promise<Finding> {
  signal.throwIfAborted();
  const isUnexplained = (error as VoiceError).cause instanceof TypeError && url;
  const code = isUnexplained ? await whyUnreachable(url, signal) : undefined;
  return code ? { status: 'failed', code, details } : failure(error, details);
}
