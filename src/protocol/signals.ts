import type { VoiceErrorCode } from '../errors.js';
import type { Usage } from './usage.js';

/** One event of the wire protocol, as parsed JSON. */
export interface WireEvent {
  /** The name of the event, for instance `response.create`. */
  readonly type: string;
  readonly [field: string]: unknown;
}

export type Role = 'user' | 'assistant';
/** Whether something was spoken (`speech`), or typed or written (`text`). */
export type Source = 'speech' | 'text';
/** A `transcription` session only transcribes the visitor's speech and never responds. */
export type SessionKind = 'conversation' | 'transcription';

/** What the service reports, in terms that are the same for every dialect. Nothing above reads wire events. */
export type Signal =
  | SessionOpened
  /** The configuration of the session has changed. The fields are those of `SessionOpened`. */
  | { readonly type: 'session-updated'; readonly transcribesInput: boolean; readonly answersTurns: boolean }
  | { readonly type: 'session-closed'; readonly reason: string | undefined }
  | { readonly type: 'user-started'; readonly itemId: string | undefined }
  | { readonly type: 'user-stopped'; readonly itemId: string | undefined }
  | { readonly type: 'turn-discarded' }
  | ItemPlaced
  | { readonly type: 'item-removed'; readonly itemId: string }
  | { readonly type: 'item-interrupted'; readonly itemId: string }
  | ItemText
  | { readonly type: 'text-failed'; readonly itemId: string }
  | { readonly type: 'response-started'; readonly responseId: string }
  | ResponseEnded
  | { readonly type: 'playback-started'; readonly responseId: string }
  | { readonly type: 'playback-ended'; readonly responseId: string; readonly cut: boolean }
  | ToolCalled
  /** `of`: the id of the response or item, if it is named. A second report for the same id is not counted. */
  | { readonly type: 'usage'; readonly of: string | undefined; readonly usage: Usage }
  | Fault;

export interface SessionOpened {
  readonly type: 'session-opened';
  readonly kind: SessionKind;
  /** Whether the visitor's speech is transcribed. */
  readonly transcribesInput: boolean;
  /** Whether the service detects the end of the visitor's turns and responds by itself. */
  readonly answersTurns: boolean;
  /** Whether a request for a response takes the place of an earlier one, instead of being rejected meanwhile. */
  readonly replacesResponses?: true;
  /** The turn detection of the session, to be restored after push-to-talk; null = off, undefined = not reported. */
  readonly turnDetection: unknown;
  /** The tools of the session, in the service's form. */
  readonly tools: readonly unknown[];
  /** When the service ends the session, in milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  /** The language of the visitor's speech, where the session tells it. */
  readonly language?: string | undefined;
}

export interface ItemPlaced {
  readonly type: 'item-placed';
  readonly itemId: string;
  /** The id of the item before this one; null = this is the first, undefined = not reported. */
  readonly after: string | null | undefined;
  /** Undefined for items that are not messages of either side, such as tool calls. */
  readonly role: Role | undefined;
  readonly source: Source;
  /** The text that the item came with, if any. */
  readonly text: string | undefined;
  readonly responseId: string | undefined;
}

/** `text-added` adds to the text of a part, `text-settled` replaces it by the whole. */
export interface ItemText {
  readonly type: 'text-added' | 'text-settled';
  readonly itemId: string;
  readonly role: Role;
  readonly source: Source;
  /** The content part, by index, or the transcription segment, by name. Each has a text of its own. */
  readonly part: number | string;
  readonly text: string;
  readonly responseId: string | undefined;
}

export interface ResponseEnded {
  readonly type: 'response-ended';
  readonly responseId: string;
  readonly outcome: 'completed' | 'cancelled' | 'failed' | 'incomplete';
  /** Why it failed or is incomplete. */
  readonly fault: Fault | undefined;
}

export interface ToolCalled {
  readonly type: 'tool-called';
  readonly callId: string;
  readonly name: string;
  /** JSON as the model wrote it. It may be invalid. */
  readonly arguments: string;
}

export interface Fault {
  readonly type: 'fault';
  /**
   * `fatal`: the session is of no use any more. `busy`: a response was already being generated. `outdated`: the
   * command came too late or too early, and nothing is lost.
   */
  readonly severity: 'fatal' | 'passing' | 'busy' | 'outdated';
  readonly code: VoiceErrorCode;
  readonly message: string;
  /** Whether the service itself has failed, so that the same request may succeed. */
  readonly isServerFailure?: true;
  /** The id of the client event that the service has rejected, if it names one. */
  readonly rejectedEventId?: string;
}

/** What the session asks of the service, in terms that are the same for every dialect. */
export type Command =
  /** Generate a response. */
  | { readonly type: 'respond' }
  /** Add a message to the conversation. */
  | { readonly type: 'say'; readonly itemId: string; readonly role: Role; readonly text: string }
  | { readonly type: 'cancel-response' }
  | { readonly type: 'clear-output' }
  | { readonly type: 'clear-input' }
  | { readonly type: 'commit-input' }
  /** `call` is set for a session that did not make the call itself. */
  | {
      readonly type: 'tool-output';
      readonly callId: string;
      readonly output: string;
      readonly call?: ToolCalled | undefined;
    }
  /** Update the session. */
  | { readonly type: 'configure'; readonly session: Readonly<Record<string, unknown>> }
  | { readonly type: 'mute'; readonly muted: boolean }
  | { readonly type: 'hang-up' };

/** One dialect of the wire protocol. It may keep state, so each connection has its own. */
export interface Dialect {
  /** Returns the signals of an event. It never throws: an unknown or malformed event has none. */
  read(event: WireEvent): Signal[];
  /** Returns the client events for a command; none if the dialect has no event for it. */
  write(command: Command): WireEvent[];
  /** Stops its timers. */
  close?(): void;
}
