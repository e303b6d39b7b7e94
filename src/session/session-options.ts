import type { VoiceError } from '../errors.js';
import type { TokenSource } from '../transport/token-source.js';
import type { Tool, ToolConfirmation } from './tools/tools.js';

/** How a session reaches its service and behaves; every field can be changed between calls, most inside one. */
export interface VoiceSessionOptions {
  /** URL of the site's token endpoint. */
  tokenUrl?: string;
  /** HTTP method for `tokenUrl`; default `POST`. */
  tokenMethod?: 'POST' | 'GET';
  /** A secret, or a function that gets one; goes before `tokenUrl`. */
  tokenSource?: TokenSource;
  /** Where the offer is posted with the ephemeral client secret; default the OpenAI calls endpoint. */
  callsUrl?: string;
  /** Instead of a token: the site's own server takes the offer and returns the answer. */
  sessionUrl?: string;
  /** `fetch` credentials mode for `tokenUrl` and `sessionUrl`; default `same-origin`. */
  credentials?: RequestCredentials;
  /** The assistant speaks first. */
  greet?: boolean;
  /** The visitor holds a button to speak; turn detection is off. */
  pushToTalk?: boolean;
  /** The microphone sends silence. */
  muted?: boolean;
  /** Fail instead of reconnecting. */
  noReconnect?: boolean;
  /** Seconds with neither side active until the call ends; 0 = never; default 180. */
  idleTimeout?: number;
  /** Hard limit of a call in seconds; 0 = none. */
  maxDuration?: number;
  tools?: readonly Tool[];
  /** Asks the visitor whether a tool with `confirm` may run. Without it such tools are declined. */
  confirmTool?: (confirmation: ToolConfirmation) => Promise<boolean>;
  iceServers?: RTCIceServer[];
  audioConstraints?: MediaTrackConstraints;
  /** Merged into one `session.update` when the session opens. */
  initialSession?: Record<string, unknown>;
  /** What the page got wrong in its options: a start fails with it. */
  fault?: VoiceError;
  inputDeviceId?: string;
  outputDeviceId?: string;
  /** Of the assistant, 0…1; default 1. iOS leaves it to its own buttons. */
  volume?: number;
}
