/** A call as the practice server describes it; see `demo/practice/README.md`. */
export interface PracticeCall {
  readonly id: string;
  readonly state: RTCPeerConnectionState;
  readonly channel: RTCDataChannelState;
  /** The audio it received. A frame has 10 ms; `rms` is of the last second, `peak` and `speechMs` of the whole call. */
  readonly heard: {
    readonly frames: number;
    readonly rms: number;
    readonly peak: number;
    readonly speechMs: number;
    readonly packets: number;
    /** When audible sound first arrived, in milliseconds since the epoch. */
    readonly audibleFrom: number | null;
    /** When audible sound last arrived, in milliseconds since the epoch. */
    readonly audibleTo: number | null;
  };
  readonly sent: { readonly voicedFrames: number; readonly packets: number };
  readonly session: {
    readonly tools?: readonly { readonly name: string }[];
    readonly audio: { readonly input: { readonly turn_detection: { readonly type: string } | null } };
  };
  readonly clientEvents: readonly ClientEvent[];
  /** The conversation, oldest first. */
  readonly items: readonly PracticeItem[];
}

/** A client event as the page sent it. */
export interface ClientEvent {
  readonly type: string;
  readonly item?: { readonly type: string; readonly call_id?: string; readonly output?: string };
}

export interface PracticeItem {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly call_id?: string;
  readonly content?: readonly { readonly type: string; readonly text?: string; readonly transcript?: string }[];
}

/** All calls of a practice server, newest last. */
export async function practiceCalls(url: string): Promise<PracticeCall[]> {
  return (await fetch(`${url}/practice/calls`)).json() as Promise<PracticeCall[]>;
}

/** The service's end of a call goes away: its event channel, or all of it. @throws {Error} if there is no such call */
export async function dropCall(url: string, id: string | undefined, how: 'peer' | 'channel'): Promise<void> {
  const { status } = await fetch(`${url}/practice/calls/${id}/drop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ how }),
  });
  if (status !== 200) throw new Error(`Dropping the call ${id} answered ${status}.`);
}
