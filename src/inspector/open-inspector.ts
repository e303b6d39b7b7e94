import type { RealtimeVoiceElement } from '../element/realtime-voice.js';
import { VoiceError } from '../errors.js';
import type { RealtimeVoiceInspectorElement } from './inspector-element.js';

const TAG = 'realtime-voice-inspector';

/**
 * Opens the panel, or brings the focus to the one that is open, and returns it. With an element, it shows the events
 * of this element only.
 * @throws {VoiceError} `unsupported` outside a page; `configuration` if the argument is no element
 */
export function openInspector(element?: RealtimeVoiceElement): RealtimeVoiceInspectorElement {
  if (typeof document === 'undefined')
    throw new VoiceError('unsupported', 'openInspector() needs a page in a browser.');
  if (element !== undefined && !(element instanceof Element)) {
    const example = "openInspector(document.querySelector('realtime-voice'))";
    throw new VoiceError('configuration', `openInspector() takes a <realtime-voice>, as in ${example}, or nothing.`);
  }
  let panel = document.querySelector(TAG);
  if (!panel) {
    panel = document.createElement(TAG);
    document.body.append(panel);
  }
  panel.inspect(element);
  panel.focus();
  return panel;
}
