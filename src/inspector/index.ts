import { RealtimeVoiceInspectorElement } from './inspector-element.js';

// Another copy of the package may have been first on this page.
if (!customElements.get('realtime-voice-inspector')) {
  customElements.define('realtime-voice-inspector', RealtimeVoiceInspectorElement);
}

export { openInspector } from './open-inspector.js';
export { RealtimeVoiceInspectorElement };
