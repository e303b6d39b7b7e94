import { RealtimeVoiceElement } from './element/realtime-voice.js';

// Another copy of the package may have been first on this page.
const first = customElements.get('realtime-voice') as typeof RealtimeVoiceElement | undefined;
if (first) {
  const { version } = RealtimeVoiceElement;
  console.warn(
    `<realtime-voice> ${first.version} is on this page already: this second copy, ${version}, stays unused.`,
  );
} else {
  customElements.define('realtime-voice', RealtimeVoiceElement);
}

export { RealtimeVoiceElement };
export { type FeedbackDetail, type Rating, VoiceFeedbackEvent } from './element/ending/feedback-event.js';
export { type HandoverDetail, VoiceHandoverEvent } from './element/ending/handover-event.js';
export { type ConsentDetail, VoiceConsentEvent } from './element/notices/consent-event.js';
export type { Placement, Theme, TokenMethod, Variant } from './element/options.js';
export type { TranscriptFormat } from './element/transcript/transcript-export.js';
export * from './session/index.js';
export { registerLocale, type LocaleStrings } from './locales/registry.js';
export type { Strings } from './locales/strings.js';
