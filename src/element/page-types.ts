import type { VoiceEventMap } from '../session/index.js';
import type { RealtimeVoiceElement } from './realtime-voice.js';

declare global {
  interface HTMLElementTagNameMap {
    'realtime-voice': RealtimeVoiceElement;
  }
  // Merged, so that listeners are typed on the element and on everything that its events bubble through.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface GlobalEventHandlersEventMap extends VoiceEventMap {}
}
