import { parseEvent, type Parsed, type RequiredFields } from '../realtime/client-event.js';
import type { LiveSession } from './live-session.js';

export type CloseReason = 'close_requested' | 'expired' | 'content' | 'remote_hangup' | 'connection_lost';

interface Span {
  /** Milliseconds of the session. */
  start_ms: number;
  end_ms: number;
}

/** The server events over WebRTC before they get their ids, which are added when they are sent. */
export type LiveServerEvent =
  | { type: 'session.started'; session: LiveSession }
  | { type: 'session.updated'; session: LiveSession }
  | { type: 'session.input_audio.muted' }
  | { type: 'session.input_audio.unmuted' }
  | ({ type: 'session.input_transcript.delta'; delta: string } & Span)
  | ({ type: 'session.output_transcript.delta'; delta: string } & Span)
  | ({ type: 'session.instructions.appended' } & Span)
  | ({ type: 'session.thinking.appended' } & Span)
  | ({ type: 'session.commentary.appended' } & Span)
  | { type: 'response.event'; event: { type: string } & Record<string, unknown>; delegation_id: string | null }
  | { type: 'session.usage.updated'; usage: { seconds: number } }
  | { type: 'session.closed'; reason: CloseReason; session: LiveSession; usage: { seconds: number } }
  | {
      type: 'error';
      error: { type: string; code: string | null; message: string; param?: string; client_event_id?: string };
    };

/** @param clientEventId the id of the client event that this one answers */
export type EmitLive = (event: LiveServerEvent, clientEventId?: string | null) => void;

export type LiveClientEvent =
  | { type: 'session.update'; session: unknown }
  | { type: 'session.input_audio.mute' | 'session.input_audio.unmute' | 'response.create' | 'session.close' }
  | { type: 'session.instructions.append' | 'session.thinking.append' | 'session.commentary.append'; content: string }
  | { type: 'response.item.create'; item: { type?: string } };

/** Without `session.start` and `session.input_audio.append`, which exist only over the WebSocket. */
const REQUIRED: RequiredFields<LiveClientEvent['type']> = {
  'session.update': { session: 'object' },
  'session.input_audio.mute': {},
  'session.input_audio.unmute': {},
  'session.instructions.append': { content: 'string' },
  'session.thinking.append': { content: 'string' },
  'session.commentary.append': { content: 'string' },
  'response.item.create': { item: 'object' },
  'response.create': {},
  'session.close': {},
};

export function parseLiveEvent(text: string): Parsed<LiveClientEvent> {
  return parseEvent(text, REQUIRED);
}
