/** What the practice server tells of a call; see `demo/practice/README.md`. */
export interface PracticeCall {
  readonly id: string;
  readonly state: RTCPeerConnectionState;
  /** `rms` over the last second, `peak` and `speechMs` over the whole call. */
  readonly heard: { readonly rms: number; readonly peak: number; readonly speechMs: number; readonly packets: number };
  readonly sent: { readonly voicedFrames: number; readonly packets: number };
  readonly clientEvents: readonly { readonly type: string }[];
}

/** Newest last. */
export async function practiceCalls(url: string): Promise<PracticeCall[]> {
  return (await fetch(`${url}/practice/calls`)).json() as Promise<PracticeCall[]>;
}
