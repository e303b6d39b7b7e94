import { RealtimeVoiceElement } from './element/realtime-voice.js';

// Another copy of the package may have been first on this page.
if (customElements.get('realtime-voice')) {
  console.warn('<realtime-voice> is on this page already: this second copy stays unused.');
} else {
  customElements.define('realtime-voice', RealtimeVoiceElement);
}

export { RealtimeVoiceElement };
export { type ConsentDetail, VoiceConsentEvent } from './element/notices/consent-event.js';
export * from './session/index.js';
export { registerLocale, type LocaleStrings } from './locales/registry.js';
export type { Strings } from './locales/strings.js';
