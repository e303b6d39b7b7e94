import { isRetriable, type VoiceError } from '../../errors.js';
import type { Strings } from '../../locales/strings.js';

/** What the visitor can do about a failure. Where another try does not help, nobody is told to try again. */
export function failureAdvice({ code, retriable }: VoiceError, { errors }: Strings): string {
  const isUpToSite = !retriable && isRetriable(code);
  return errors[isUpToSite ? 'configuration' : code][1];
}
