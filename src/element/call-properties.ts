import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { TokenSource, VoiceSessionOptions, VoiceTool } from '../session/index.js';

/** The options of a session that are properties of the same name. */
const NAMES = [
  'tokenUrl',
  'tokenMethod',
  'tokenSource',
  'callsUrl',
  'sessionUrl',
  'credentials',
  'greet',
  'pushToTalk',
  'noReconnect',
  'idleTimeout',
  'maxDuration',
  'tools',
  'iceServers',
  'audioConstraints',
  'initialSession',
  'inputDeviceId',
  'outputDeviceId',
] as const satisfies readonly (keyof VoiceSessionOptions)[];

/** What a page says about its calls, apart from what the element does with it. */
export abstract class CallProperties extends LitElement {
  /** URL of the site's token endpoint. */
  @property({ attribute: 'token-url' }) tokenUrl: string | undefined;
  /** `GET` for token endpoints that follow the older samples. */
  @property({ attribute: 'token-method' }) tokenMethod: 'POST' | 'GET' = 'POST';
  /** Where the offer is posted with the ephemeral secret; OpenAI's calls endpoint when not set. */
  @property({ attribute: 'calls-url' }) callsUrl: string | undefined;
  /** Instead of a token: the site's own server takes the offer and returns the answer. */
  @property({ attribute: 'session-url' }) sessionUrl: string | undefined;
  /** Credentials mode of the requests to `token-url` and `session-url`. */
  @property() credentials: RequestCredentials = 'same-origin';
  /** The assistant speaks first. */
  @property({ type: Boolean }) greet = false;
  /** Hold, or tap, a button to speak. */
  @property({ type: Boolean, attribute: 'push-to-talk' }) pushToTalk = false;
  /** Fail instead of reconnecting. */
  @property({ type: Boolean, attribute: 'no-reconnect' }) noReconnect = false;
  /** Seconds with neither side active until the call ends; 0 = never. */
  @property({ type: Number, attribute: 'idle-timeout' }) idleTimeout = 180;
  /** Hard limit of a call in seconds; 0 = none. */
  @property({ type: Number, attribute: 'max-duration' }) maxDuration = 0;
  /** A secret, or a function that gets one; goes before `tokenUrl`. */
  @property({ attribute: false }) tokenSource: TokenSource | undefined;
  /** Functions of the page that the model may call. */
  @property({ attribute: false }) tools: readonly VoiceTool[] = [];
  @property({ attribute: false }) iceServers: RTCIceServer[] | undefined;
  @property({ attribute: false }) audioConstraints: MediaTrackConstraints | undefined;
  /** Merged into one `session.update` when the session opens. */
  @property({ attribute: false }) initialSession: Record<string, unknown> | undefined;
  @property({ attribute: false }) inputDeviceId: string | undefined;
  @property({ attribute: false }) outputDeviceId: string | undefined;

  /** Those properties as they stand. An attribute that was taken away leaves `null` behind, which means not set. */
  protected get callOptions(): Pick<VoiceSessionOptions, (typeof NAMES)[number]> {
    return Object.fromEntries(NAMES.map((name) => [name, this[name] ?? undefined]));
  }
}
