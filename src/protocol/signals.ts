import type { VoiceErrorCode } from '../errors.js';
import type { Usage } from './usage.js';

/** One event of the wire, as parsed JSON. */
export interface WireEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export type Role = 'user' | 'assistant';
/** How the words came to be: `speech` was spoken, `text` was typed or written. */
export type Source = 'speech' | 'text';
/** A `transcription` session listens and writes; it never answers. */
export type SessionKind = 'conversation' | 'transcription';

/**
 * What the service told us, in terms that every dialect of the wire shares. The session, the state machine
 * and the transcript know only these.
 */
export type Signal =
  | SessionOpened
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
  /** `of`: the response or the item, where it is told; it is billed once, however often that is said. */
  | { readonly type: 'usage'; readonly of: string | undefined; readonly usage: Usage }
  | Fault;

export interface SessionOpened {
  readonly type: 'session-opened';
  readonly kind: SessionKind;
  /** Whether the visitor's speech will be transcribed; if not, there are no user words to wait for. */
  readonly transcribesInput: boolean;
  /** Whether the service ends the visitor's turns by itself and answers them. */
  readonly answersTurns: boolean;
  /** The announced turn detection, kept to be put back after push-to-talk. */
  readonly turnDetection: unknown;
  /** The tools that the session knows already, as the service declares them. */
  readonly tools: readonly unknown[];
  /** When the service will end the session, in ms since the epoch. */
  readonly expiresAt: number | undefined;
}

export interface ItemPlaced {
  readonly type: 'item-placed';
  readonly itemId: string;
  /** The item before this one; `null` = it is the first; `undefined` = not told. */
  readonly after: string | null | undefined;
  /** Undefined for items that are not words of either side, e.g. tool calls: they only hold a place. */
  readonly role: Role | undefined;
  readonly source: Source;
  /** The words that the item came with, if any. */
  readonly text: string | undefined;
  readonly responseId: string | undefined;
}

export interface ItemText {
  readonly type: 'text-added' | 'text-settled';
  readonly itemId: string;
  readonly role: Role;
  readonly source: Source;
  /** An item can have several parts of content, by index, or segments of speech, by id; each has its own text. */
  readonly part: number | string;
  readonly text: string;
  readonly responseId: string | undefined;
}

export interface ResponseEnded {
  readonly type: 'response-ended';
  readonly responseId: string;
  readonly outcome: 'completed' | 'cancelled' | 'failed' | 'incomplete';
  readonly fault: Fault | undefined;
}

export interface ToolCalled {
  readonly type: 'tool-called';
  readonly callId: string;
  readonly name: string;
  /** JSON, as the model wrote it: it may be broken. */
  readonly arguments: string;
}

export interface Fault {
  readonly type: 'fault';
  /** `fatal` ends the session; `passing` leaves it as it was; `busy` = a response was already under way. */
  readonly severity: 'fatal' | 'passing' | 'busy';
  readonly code: VoiceErrorCode;
  readonly message: string;
}

/** What the session wants to say to the service; a dialect puts it in words of the wire. */
export type Command =
  | { readonly type: 'respond' }
  | { readonly type: 'say'; readonly itemId: string; readonly role: Role; readonly text: string }
  | { readonly type: 'cancel-response' }
  | { readonly type: 'clear-output' }
  | { readonly type: 'clear-input' }
  | { readonly type: 'commit-input' }
  /** `call` is given for a session that did not make the call itself. */
  | {
      readonly type: 'tool-output';
      readonly callId: string;
      readonly output: string;
      readonly call?: ToolCalled | undefined;
    }
  | { readonly type: 'configure'; readonly session: Readonly<Record<string, unknown>> }
  | { readonly type: 'mute'; readonly muted: boolean }
  | { readonly type: 'hang-up' };

/** One dialect of the wire. It may keep state, so each connection has its own. */
export interface Dialect {
  /** Never throws: what it does not know or cannot read gives no signals. */
  read(event: WireEvent): Signal[];
  write(command: Command): WireEvent[];
  /** Leaves no timer behind. */
  close?(): void;
}
