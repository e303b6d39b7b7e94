import { VoiceFeedbackEvent } from '../element/ending/feedback-event.js';
import { VoiceHandoverEvent } from '../element/ending/handover-event.js';
import { VoiceConsentEvent } from '../element/notices/consent-event.js';
import * as sessionEvents from '../session/events.js';

/** The names of all public events. They are read from the event classes, so that no list can fall behind. */
export function eventTypes(): readonly string[] {
  const isEvent = (exported: { readonly prototype: object }): boolean => exported.prototype instanceof CustomEvent;
  const classes = [
    ...Object.values(sessionEvents).filter(isEvent),
    VoiceConsentEvent,
    VoiceFeedbackEvent,
    VoiceHandoverEvent,
  ];
  return classes.map((Class) => new (Class as new (detail?: unknown) => CustomEvent)().type).sort();
}
