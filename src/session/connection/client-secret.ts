import { VoiceError } from '../../errors.js';
import { callTokenSource, fetchSecret, TOKEN_ENDPOINT, type Secret } from '../../transport/token-source.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { requestAdditions } from './request-additions.js';

/** Gets the ephemeral client secret from where the options say: `tokenSource`, or else `tokenUrl`. */
export async function clientSecret(options: VoiceSessionOptions, signal: AbortSignal): Promise<Secret> {
  const { tokenSource, tokenUrl: url, tokenMethod: method = 'POST', credentials = 'same-origin' } = options;
  if (tokenSource) return callTokenSource(tokenSource, signal);
  if (url) {
    const additions = await requestAdditions(options, 'token', TOKEN_ENDPOINT, signal);
    return fetchSecret({ url, method, credentials, additions }, signal);
  }
  throw new VoiceError('configuration', 'Nothing to call: set token-url, session-url or tokenSource.');
}
