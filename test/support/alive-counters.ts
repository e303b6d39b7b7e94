/** The resources that a page holds now. */
export interface Alive {
  /** Microphone and camera tracks not yet stopped, clones included. */
  readonly tracks: number;
  readonly peers: number;
  readonly contexts: number;
  readonly timeouts: number;
  readonly intervals: number;
  readonly frames: number;
  /** Entries in local and session storage, and cookies. */
  readonly stored: number;
  /** How often each function or constructor was called, by name. */
  readonly made: Readonly<Record<string, number>>;
}

/**
 * Counts tracks, connections, audio contexts and timers by wrapping the browser's own functions. It runs inside the
 * page before any script of the page. It must not refer to anything outside itself, because only its source text is
 * sent to the browser.
 */
export function installAliveCounters(): void {
  const scope = window as unknown as Record<string, unknown> & { __alive: () => unknown };
  const made: Record<string, number> = {};
  const note = (name: string): void => void (made[name] = (made[name] ?? 0) + 1);
  const holders: Record<string, Set<object>> = {};
  const over: Record<string, (it: never) => boolean> = {
    tracks: (track: MediaStreamTrack) => track.readyState === 'ended',
    peers: (peer: RTCPeerConnection) => peer.signalingState === 'closed',
    contexts: (context: BaseAudioContext) => context.state === 'closed',
  };
  // Objects that have ended are released, or these counters would be the leak that a heap test finds.
  const held = (kind: string): Set<object> => {
    const set = (holders[kind] ??= new Set());
    for (const it of set) if (over[kind]!(it as never)) set.delete(it);
    return set;
  };

  const countConstructor = (name: string, kind: string): void => {
    const Original = scope[name] as (new (...args: unknown[]) => object) | undefined;
    if (!Original) return;
    scope[name] = new Proxy(Original, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget) as object;
        note(name);
        held(kind).add(made);
        return made;
      },
    });
  };
  countConstructor('RTCPeerConnection', 'peers');
  countConstructor('AudioContext', 'contexts');

  if (navigator.mediaDevices) {
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      note('getUserMedia');
      const stream = await getUserMedia(constraints);
      stream.getTracks().forEach((track) => held('tracks').add(track));
      return stream;
    };
    const clone = MediaStreamTrack.prototype.clone;
    MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
      const copy = clone.call(this);
      if (held('tracks').has(this)) held('tracks').add(copy);
      return copy;
    };
  }

  const countTimer = (set: string, clear: string, repeats: boolean): Set<number> => {
    const pending = new Set<number>();
    const original = scope[set] as (...args: unknown[]) => number;
    const cancel = scope[clear] as (id?: number) => void;
    scope[set] = (callback: unknown, ...args: unknown[]): number => {
      note(set);
      const run = (...values: unknown[]): unknown => {
        if (!repeats) pending.delete(id);
        return typeof callback === 'function' ? callback.apply(window, values) : undefined;
      };
      const id = original.call(window, run, ...args);
      pending.add(id);
      return id;
    };
    scope[clear] = (id?: number): void => {
      pending.delete(id!);
      cancel.call(window, id);
    };
    return pending;
  };
  const timeouts = countTimer('setTimeout', 'clearTimeout', false);
  const intervals = countTimer('setInterval', 'clearInterval', true);
  const frames = countTimer('requestAnimationFrame', 'cancelAnimationFrame', false);

  const stored = (): number => {
    try {
      return localStorage.length + sessionStorage.length + document.cookie.split(';').filter(Boolean).length;
    } catch {
      return 0;
    }
  };
  scope.__alive = () => ({
    tracks: held('tracks').size,
    peers: held('peers').size,
    contexts: held('contexts').size,
    timeouts: timeouts.size,
    intervals: intervals.size,
    frames: frames.size,
    stored: stored(),
    made: { ...made },
  });
}
