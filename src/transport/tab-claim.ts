const CHANNEL = 'realtime-voice';

/** What the tabs of a site tell each other when a call starts. */
interface Claim {
  /** In ms since the epoch. */
  readonly startedAt: number;
  /** Decides between calls that start in the same millisecond. */
  readonly id: string;
}

/**
 * Tells the other tabs of the site that a call starts in this one, and calls `superseded` when one starts in another
 * tab later. Nothing is stored, and nobody listens when the signal has aborted.
 */
export function claimTab(signal: AbortSignal, superseded: () => void): void {
  const channel = openChannel();
  if (!channel) return;
  const own: Claim = { startedAt: Date.now(), id: String(Math.random()) };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const other = readClaim(data);
    if (!other) return;
    if (isLater(other, own)) superseded();
    // The other tab may have begun to listen after this one had told it.
    else channel.postMessage(own);
  };
  channel.postMessage(own);
  signal.addEventListener('abort', () => channel.close());
}

/** Not every browser has it, and one that blocks storage of other sites refuses it to their frames. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return undefined;
  }
}

/** Whatever else the site writes into a channel of this name is not for us. */
function readClaim(data: unknown): Claim | undefined {
  const { startedAt, id } = Object(data) as Partial<Claim>;
  return Number.isFinite(startedAt) && typeof id === 'string' ? { startedAt: startedAt!, id } : undefined;
}

function isLater(other: Claim, own: Claim): boolean {
  return other.startedAt > own.startedAt || (other.startedAt === own.startedAt && other.id > own.id);
}
