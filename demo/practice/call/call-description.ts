/** What the process of a call knows of it. Times are milliseconds since the epoch. */
export interface CallReport {
  id: string;
  state: RTCPeerConnectionState;
  channel: RTCDataChannelState;
  scripted: boolean;
  startedAt: number;
  endedAt: number | null;
  session: unknown;
  /** Only for GPT-Live. */
  muted: boolean | undefined;
  /** Sound from the client. Frames are of 10 ms; `rms` is that of the last second. */
  heard: {
    frames: number;
    rms: number;
    peak: number;
    speechMs: number;
    audibleFrom: number | null;
    audibleTo: number | null;
    packets: number;
    mediaSeconds: number;
  };
  /** Sound to the client. */
  sent: { frames: number; voicedFrames: number; packets: number; mediaSeconds: number };
  /** How many events were sent to the client. */
  serverEvents: number;
  items: readonly unknown[];
}

/** What tests can see of a call. */
export interface CallDescription extends CallReport {
  /** The first events of the client: objects, or the text itself if it was no JSON. */
  clientEvents: readonly unknown[];
}
