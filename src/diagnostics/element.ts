import { RealtimeVoiceDiagnosticsElement } from './panel/diagnostics-panel.js';

// Another copy of the module may have been first on this page.
if (!customElements.get('realtime-voice-diagnostics')) {
  customElements.define('realtime-voice-diagnostics', RealtimeVoiceDiagnosticsElement);
}

export { RealtimeVoiceDiagnosticsElement };
export type { DiagnosticsStrings, DiagnosticsStringsPatch } from './panel/strings.js';
