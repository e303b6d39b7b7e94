import type { TokenSource, Tool, VoiceSessionOptions } from '../session/index.js';
import { type PropertyType, ViewElement } from './view-element.js';

/** The options of a session that are properties of the same name. */
const PROPERTIES = {
  tokenUrl: String,
  tokenMethod: String,
  callsUrl: String,
  sessionUrl: String,
  credentials: String,
  greet: Boolean,
  pushToTalk: Boolean,
  noReconnect: Boolean,
  idleTimeout: Number,
  maxDuration: Number,
  tokenSource: false,
  tools: false,
  iceServers: false,
  audioConstraints: false,
  initialSession: false,
  inputDeviceId: false,
  outputDeviceId: false,
} as const satisfies Partial<Record<keyof VoiceSessionOptions, PropertyType>>;

/** What a page says about its calls, apart from what the element does with it. */
export abstract class CallProperties extends ViewElement {
  static override properties: typeof ViewElement.properties = PROPERTIES;

  /** URL of the site's token endpoint. */
  tokenUrl: string | undefined;
  /** `GET` for token endpoints that follow the older samples. */
  tokenMethod: 'POST' | 'GET' = 'POST';
  /** Where the offer is posted with the ephemeral secret; OpenAI's calls endpoint when not set. */
  callsUrl: string | undefined;
  /** Instead of a token: the site's own server takes the offer and returns the answer. */
  sessionUrl: string | undefined;
  /** Credentials mode of the requests to `token-url` and `session-url`. */
  credentials: RequestCredentials = 'same-origin';
  /** The assistant speaks first. */
  greet = false;
  /** Hold, or tap, a button to speak. */
  pushToTalk = false;
  /** Fail instead of reconnecting. */
  noReconnect = false;
  /** Seconds with neither side active until the call ends; 0 = never. */
  idleTimeout = 180;
  /** Hard limit of a call in seconds; 0 = none. */
  maxDuration = 0;
  /** A secret, or a function that gets one; goes before `tokenUrl`. */
  tokenSource: TokenSource | undefined;
  /** Functions of the page that the model may call. */
  tools: readonly Tool[] = [];
  iceServers: RTCIceServer[] | undefined;
  audioConstraints: MediaTrackConstraints | undefined;
  /** Merged into one `session.update` when the session opens. */
  initialSession: Record<string, unknown> | undefined;
  inputDeviceId: string | undefined;
  outputDeviceId: string | undefined;

  /** Those properties as they stand. An attribute that was taken away leaves `null` behind, which means not set. */
  protected get callOptions(): Pick<VoiceSessionOptions, keyof typeof PROPERTIES> {
    return Object.fromEntries(
      (Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).map((name) => [name, this[name] ?? undefined]),
    );
  }
}
