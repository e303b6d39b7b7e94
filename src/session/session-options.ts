import type { VoiceError } from '../errors.js';
import type { TokenSource } from '../transport/token-source.js';
import type { Suggestion } from './suggestion.js';
import type { Tool, ToolConfirmation } from './tools/tools.js';
import type { InitialEntry } from './transcript-entry.js';

/**
 * Adds what the site's own server needs to each request to `tokenUrl` (kind `token`) or `sessionUrl` (kind `session`):
 * headers, such as a CSRF or captcha token, and a `body`, the text of a JSON object. It may return a promise.
 * Everything else of the `RequestInit` is ignored.
 */
export type RequestInitHook = (kind: 'token' | 'session', signal: AbortSignal) => RequestInit | Promise<RequestInit>;

/** How a session reaches the service and how it behaves. Every option can be changed by `configure()`. */
export interface VoiceSessionOptions {
  /** URL of the site's token endpoint, which answers with an ephemeral client secret. */
  tokenUrl?: string;
  /** HTTP method for `tokenUrl`; default `POST`. */
  tokenMethod?: 'POST' | 'GET';
  /** An ephemeral client secret, or a function that gets one. It overrides `tokenUrl`. */
  tokenSource?: TokenSource;
  /** Where the SDP offer is posted with the secret; default `https://api.openai.com/v1/realtime/calls`. */
  callsUrl?: string;
  /** URL at the site's own server that takes the SDP offer and returns the answer. No token is needed then. */
  sessionUrl?: string;
  /** The credentials mode of `fetch` for `tokenUrl` and `sessionUrl`; default `same-origin`. */
  credentials?: RequestCredentials;
  /** Adds headers and JSON fields to the requests to `tokenUrl` and `sessionUrl`; default none. */
  requestInit?: RequestInitHook;
  /**
   * Whether `warm()` makes the whole call ready, without microphone; default false. It opens a session at the service,
   * which may cost, for 20 seconds, and twice until the page is loaded again at most.
   */
  preconnect?: boolean;
  /** Whether the assistant speaks first; default false. */
  greet?: boolean;
  /** Whether the visitor holds a button to speak, instead of turn detection by the service; default false. */
  pushToTalk?: boolean;
  /** Whether the microphone sends silence; default false. */
  muted?: boolean;
  /** Whether a lost connection fails the call instead of being replaced; default false. */
  noReconnect?: boolean;
  /** Seconds in which neither side speaks or types until the call ends; default 180, 0 = never. */
  idleTimeout?: number;
  /** The longest duration of a call in seconds; default 3600, 0 = no limit. A new connection does not extend it. */
  maxDuration?: number;
  /** The functions of the page that the model may call; default none. */
  tools?: readonly Tool[];
  /** Asks the visitor whether a tool with `confirm` may run. Without this option such tools are declined. */
  confirmTool?: (confirmation: ToolConfirmation) => Promise<boolean>;
  /** Shows what a listener of `voice-tool-call` suggests to say next; default none. It is called with the answer. */
  showSuggestions?: (suggestions: readonly Suggestion[]) => void;
  /**
   * Shows an element that a listener of `voice-tool-call` passes to `show`, and returns whether there is room for it;
   * default none. It gets what the page has passed, whatever that is.
   */
  showNode?: (node: Element) => boolean;
  /** STUN and TURN servers for the peer connection; default none. */
  iceServers?: RTCIceServer[];
  /** Constraints for the microphone, over echo cancellation, noise suppression, automatic gain and one channel. */
  audioConstraints?: MediaTrackConstraints;
  /** Configuration of the session, sent in one `session.update` when the session opens; default none. */
  initialSession?: Record<string, unknown>;
  /**
   * The transcript of an earlier conversation, which the next call goes on with: it is shown before, and told to the
   * session. Each entry needs `role` and `text`; default none.
   */
  initialTranscript?: readonly InitialEntry[];
  /**
   * The language that the visitor speaks, such as `de`; default what the session says. It is told to the transcription
   * that `initialSession` configures.
   */
  language?: string;
  /** An error in the page's own settings. While it is set, every start fails with it. */
  fault?: VoiceError;
  /** The device id of the microphone; default the browser's choice. */
  inputDeviceId?: string;
  /** The device id of the speaker; default the browser's choice. It needs `setSinkId` of the browser. */
  outputDeviceId?: string;
  /** Volume of the assistant, 0…1; default 1. iOS ignores it: its own buttons set the volume. */
  volume?: number;
}
