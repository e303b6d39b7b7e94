import { html, nothing, type TemplateResult } from 'lit';
import { isRetriable, ServiceRefusal, type VoiceError, type VoiceErrorCode } from '../../errors.js';
import type { Strings } from '../../locales/strings.js';

/** The code whose words the visitor reads. Nobody is asked to sign in where that does not help. */
export function shownCode(error: VoiceError): VoiceErrorCode {
  return error instanceof ServiceRefusal ? 'signaling-failed' : error.code;
}

/** What the visitor can do about a failure. Where another try does not help, nobody is told to try again. */
export function failureAdvice(error: VoiceError, { errors }: Strings): string {
  // The service may accept the new secret of another try.
  const isUpToSite = !error.retriable && isRetriable(error.code);
  return errors[isUpToSite ? 'configuration' : shownCode(error)][1];
}

/** When a call fails, the status already names the error, so only the fix is shown with it. */
export function renderFix(failure: VoiceError, strings: Strings): TemplateResult {
  // Who has to sign in finds the page's own way to do so before any other advice.
  const signIn = shownCode(failure) === 'token-unauthorized' ? html`<slot name="sign-in"></slot>` : nothing;
  return html`<div class="notice danger" part="notice">${signIn}<span>${failureAdvice(failure, strings)}</span></div>`;
}
