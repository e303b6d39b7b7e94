/** What is seen of a page from outside, in the same way for every contender. Times are those of `performance.now`. */
export interface Observer {
  /** Resolves when a call was made ready before any click, apart from its microphone. */
  readonly ahead: Promise<void>;
  /**
   * Resolves after the click, when on one peer connection the event channel is open, `session.created` has arrived and
   * a track of the microphone is attached to a sender.
   */
  readonly ready: Promise<{ readonly clickedAt: number; readonly readyAt: number }>;
}

export interface ObserverOptions {
  /** How long the visitor takes to answer the browser's question for the microphone, in milliseconds. */
  readonly promptMs: number;
  /** Requests to this address of the service go to the other one. */
  readonly service: string;
  readonly standIn: string;
}

/** Runs in the page before its scripts. It must not use anything outside itself. */
export function installObserver({ promptMs, service, standIn }: ObserverOptions): void {
  const calls = new Map<RTCPeerConnection, { open: boolean; created: boolean }>();
  const microphones = new WeakSet<MediaStreamTrack>();
  let isAhead!: () => void;
  let isReady!: (times: Awaited<Observer['ready']>) => void;
  const observer: Observer = {
    ahead: new Promise((resolve) => (isAhead = resolve)),
    ready: new Promise((resolve) => (isReady = resolve)),
  };
  Object.assign(window, { __observer: observer });
  let clickedAt: number | undefined;
  addEventListener('click', ({ timeStamp }) => void (clickedAt ??= timeStamp), true);

  const check = (): void => {
    for (const [peer, { open, created }] of calls) {
      if (!open || !created) continue;
      isAhead();
      const isAttached = peer.getSenders().some(({ track }) => track && microphones.has(track));
      if (clickedAt !== undefined && isAttached) isReady({ clickedAt, readyAt: performance.now() });
    }
  };

  const wrap = <Name extends string>(
    prototype: Record<Name, (...args: never[]) => unknown>,
    name: Name,
    then: (self: never, result: never) => void,
  ): void => {
    const original = prototype[name] as (...args: unknown[]) => unknown;
    prototype[name] = function (this: never, ...args: unknown[]) {
      const result = original.apply(this, args);
      then(this, result as never);
      return result;
    };
  };
  wrap(RTCPeerConnection.prototype, 'createDataChannel', (peer: RTCPeerConnection, channel: RTCDataChannel) => {
    const call = { open: false, created: false };
    calls.set(peer, call);
    channel.addEventListener('open', () => {
      call.open = true;
      check();
    });
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (call.created || !String(data).includes('"session.created"')) return;
      call.created = true;
      check();
    });
  });
  wrap(RTCPeerConnection.prototype, 'addTrack', check);
  wrap(RTCPeerConnection.prototype, 'addTransceiver', check);
  wrap(RTCRtpSender.prototype, 'replaceTrack', (_, replaced: Promise<void>) => void replaced.then(check, () => {}));

  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    if (promptMs) await new Promise((resolve) => setTimeout(resolve, promptMs));
    const stream = await getUserMedia(constraints);
    stream.getAudioTracks().forEach((track) => microphones.add(track));
    return stream;
  };

  const request = window.fetch;
  window.fetch = (input, init) =>
    request(input instanceof Request ? input : String(input).replace(service, standIn), init);
}
