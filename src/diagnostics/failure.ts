import { asVoiceError } from '../errors.js';
import type { Finding } from './check-run.js';
import type { CheckCode, CheckDetails } from './environment-check.js';

/** What an error means for the check that it ends. The reason is cleaned of private parts later. */
export function failure(error: unknown, details: CheckDetails = {}): Finding {
  const { code, message } = asVoiceError(error);
  // A code that the check has no sentence for becomes `unexpected`.
  return { status: 'failed', code: code as CheckCode, details: { ...details, reason: message } };
}
