import { VoiceError } from '../../errors.js';
import { callTokenSource, fetchSecret, type Secret } from '../../transport/token-source.js';
import type { VoiceSessionOptions } from '../session-options.js';

/** Gets the ephemeral client secret from where the options say: `tokenSource`, or else `tokenUrl`. */
export async function clientSecret(
  { tokenSource, tokenUrl, tokenMethod = 'POST', credentials = 'same-origin' }: VoiceSessionOptions,
  signal: AbortSignal,
): Promise<Secret> {
  if (tokenSource) return callTokenSource(tokenSource, signal);
  if (tokenUrl) return fetchSecret({ url: tokenUrl, method: tokenMethod, credentials }, signal);
  throw new VoiceError('configuration', 'Nothing to call: set token-url, session-url or tokenSource.');
}
