import { VoiceError } from '../../errors.js';
import {
  callTokenSource,
  checkTokenSource,
  fetchSecret,
  TOKEN_ENDPOINT,
  type Secret,
} from '../../transport/token-source.js';
import type { VoiceSessionOptions } from '../session-options.js';
import { requestAdditions } from './request-additions.js';

/** Gets the ephemeral client secret from where the options say: `tokenSource`, or else `tokenUrl`. */
export async function clientSecret(options: VoiceSessionOptions, signal: AbortSignal): Promise<Secret> {
  const { tokenSource, tokenUrl: url, tokenMethod: method = 'POST', credentials = 'same-origin' } = options;
  if (tokenSource) return callTokenSource(tokenSource, signal);
  if (!url) throw nothingToCall();
  const additions = await requestAdditions(options, 'token', TOKEN_ENDPOINT, signal);
  return fetchSecret({ url, method, credentials, additions }, signal);
}

/** @throws {VoiceError} `configuration` if the options name nothing to call */
export function checkEndpoint({ sessionUrl, tokenSource, tokenUrl }: VoiceSessionOptions): void {
  // The site's own server needs no secret.
  if (sessionUrl) return;
  if (tokenSource) checkTokenSource(tokenSource);
  else if (!tokenUrl) throw nothingToCall();
}

function nothingToCall(): VoiceError {
  return new VoiceError('configuration', 'Nothing to call: set token-url, session-url or tokenSource.');
}
