/** An event of the element, as the page received it. */
export interface SeenEvent {
  readonly type: string;
  /** The detail as JSON; errors with all their fields. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Recorder {
  readonly events: readonly SeenEvent[];
  /** Every peer connection that the page created. */
  readonly peers: readonly RTCPeerConnection[];
  /** How many microphone requests were granted and refused. */
  readonly microphone: { granted: number; refused: number };
}

/**
 * Runs in the page before the element: records its events, its peer connections and its microphone requests. It must
 * not use anything outside itself, because only its source text is sent to the page.
 */
export function installRecorder(): void {
  const recorder = {
    events: [] as SeenEvent[],
    peers: [] as RTCPeerConnection[],
    microphone: { granted: 0, refused: 0 },
  };
  Object.assign(window, { __recorder: recorder });

  const withErrors = (_: string, value: unknown): unknown => {
    if (!(value instanceof Error) && !(value instanceof DOMException)) return value;
    const { name, message, stack, cause } = value as Error;
    return { ...value, name, message, stack, cause };
  };
  const TYPES = [
    'start',
    'state-change',
    'transcript',
    'tool-call',
    'usage',
    'quality',
    'warning',
    'reconnect',
    'consent',
    'error',
    'end',
    'server-event',
  ];
  for (const type of TYPES) {
    // In the capture phase, because not every event bubbles.
    const record = ({ detail }: Event & { detail?: unknown }): void => {
      recorder.events.push({ type: `voice-${type}`, detail: JSON.parse(JSON.stringify(detail ?? {}, withErrors)) });
    };
    document.addEventListener(`voice-${type}`, record, true);
  }

  if (typeof RTCPeerConnection === 'function') {
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(target, args, newTarget) {
        const peer = Reflect.construct(target, args, newTarget) as RTCPeerConnection;
        recorder.peers.push(peer);
        return peer;
      },
    });
  }
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    try {
      const stream = await getUserMedia(constraints);
      recorder.microphone.granted++;
      return stream;
    } catch (error) {
      recorder.microphone.refused++;
      throw error;
    }
  };
}
