import type { RefusalStatus } from '../service/service-error.js';
import type { Clip } from '../sound/speech.js';
import type { Tempo } from '../wire/dialect.js';
import type { LiveSessionRequest } from '../wire/live/live-session.js';
import type { SessionRequest } from '../wire/realtime/session-config.js';
import type { CallReport } from './call-description.js';

/** The language of events of a call, and the session that was asked for in it. */
export type CallLanguage =
  | { name: 'realtime'; wire: 'events' | 'fragments'; session: SessionRequest }
  | { name: 'live'; session: LiveSessionRequest };

export interface CallRequest {
  id: string;
  /** The SDP offer. */
  sdp: string;
  language: CallLanguage;
  channelId: number | undefined;
  tempo: Tempo;
  scripted: boolean;
}

export type CallAnswer =
  | { kind: 'answered'; sdp: string; report: CallReport }
  | { kind: 'refused'; status: RefusalStatus; message: string; code: string | null; param: string | null };

/** What the main process asks of the process of a call. Functions and errors do not pass between processes. */
export interface CallCommands {
  /** Resolves when the process can take a call. */
  warmUp(): Promise<void>;
  open(request: CallRequest): Promise<CallAnswer>;
  report(): Promise<CallReport>;
  /** What was heard in the last minute: 16 bit, mono, 48 kHz. */
  sound(): Int16Array;
  /** Sends texts to the client. @returns how many were sent */
  send(texts: readonly string[]): number;
  setScripted(scripted: boolean): void;
  /** Whether the main process is told what is sent to the client. */
  setTapped(tapped: boolean): void;
  /** An event of the site's server. */
  receive(text: string): void;
  closeChannel(): void;
  hangUp(): void;
  /** Ends the call, and then the process. */
  end(): void;
}

/** What the process of a call asks of the main process. */
export interface CallHost {
  /** Text to speech, which all calls share. */
  say(sentence: string): Promise<Clip>;
  /** An event was sent to the client, while the call is tapped. */
  said(text: string): void;
  /** An event of the client. It is told at once, because the process may crash right after it. */
  received(text: string): void;
  /** The call has ended; this is the last that is known of it. */
  ended(last: CallReport): void;
}
