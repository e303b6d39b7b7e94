import { browserName } from '../browser-name.js';
import type { Check } from '../check-run.js';

/** Whether the browser has what a call needs. */
export const checkBrowser: Check = () => {
  // Browsers hide the microphone from pages that are not secure, which is another check.
  const hasMicrophone = !window.isSecureContext || !!navigator.mediaDevices?.getUserMedia;
  const missing = [
    ...(typeof RTCPeerConnection === 'function' ? [] : ['RTCPeerConnection']),
    ...(hasMicrophone ? [] : ['getUserMedia']),
    ...(typeof AudioContext === 'function' ? [] : ['AudioContext']),
  ].join(', ');
  const details = { ...browserName(navigator.userAgent), language: navigator.language };
  if (missing) return { status: 'failed', code: 'unsupported', details: { ...details, missing } };
  return { status: 'passed', code: 'ok', details };
};

export const checkSecureContext: Check = () =>
  window.isSecureContext ? { status: 'passed', code: 'ok' } : { status: 'failed', code: 'insecure-context' };

/** Whether a policy of the page, or of the page around its frame, forbids the microphone. Only Chromium tells. */
export const checkPolicy: Check = () => {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature?: (feature: string) => boolean } };
  const isAllowed = featurePolicy?.allowsFeature?.('microphone');
  const details = { inFrame: window.self !== window.top };
  if (isAllowed === undefined) return { status: 'skipped', code: 'unknown', details };
  return isAllowed
    ? { status: 'passed', code: 'ok', details }
    : { status: 'failed', code: 'microphone-blocked', details };
};
