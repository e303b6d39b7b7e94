const CHANNEL = 'realtime-voice';

/**
 * Tells the other tabs of the site that a call starts in this one, and calls `onSuperseded` when one starts later in
 * another tab. Nothing is stored, and nobody listens after the signal has aborted.
 */
export function claimTab(signal: AbortSignal, onSuperseded: () => void): void {
  const channel = openChannel();
  if (!channel) return;
  // A fraction of a millisecond decides between calls that start at the same time.
  const startedAt = Date.now() + Math.random();
  const claim = (): void => channel.postMessage({ startedAt });
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // The site may write something else into a channel of this name.
    const other: number = Object(data).startedAt;
    if (!Number.isFinite(other)) return;
    if (other > startedAt) onSuperseded();
    // The other tab may have begun to listen after it was told.
    if (other < startedAt) claim();
  };
  claim();
  signal.addEventListener('abort', () => channel.close());
}

/** Some browsers lack it, or refuse it to a frame whose storage they block. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return undefined;
  }
}
