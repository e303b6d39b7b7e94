import { RealtimeVoiceElement } from './element/realtime-voice.js';

const NAME = 'realtime-voice';

// Rendered on a server there is no registry; on a page another copy of the package may have been first.
if (typeof customElements !== 'undefined') {
  if (customElements.get(NAME)) console.warn(`<${NAME}> is on this page already: this second copy stays unused.`);
  else customElements.define(NAME, RealtimeVoiceElement);
}

export { RealtimeVoiceElement };
export * from './session/index.js';
export { registerLocale, type LocaleStrings } from './locales/registry.js';
export type { Strings } from './locales/strings.js';
