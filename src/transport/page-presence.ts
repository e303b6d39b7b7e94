/** What the browser's own controls need of a call. */
export interface Presence {
  muted: boolean;
  stop(): void;
}

/**
 * Until the signal aborts, keeps the screen on (Screen Wake Lock) and lets the controls of the browser or the system
 * mute and end the call (Media Session). Browsers without these features do nothing.
 */
export function keepPresence(call: Presence, signal: AbortSignal): void {
  let lock: WakeLockSentinel | undefined;
  const stayAwake = async (): Promise<void> => {
    // A hidden page loses the lock, and a browser may refuse it.
    lock = document.hidden ? undefined : await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (signal.aborted) void lock?.release();
  };
  void stayAwake();
  document.addEventListener('visibilitychange', () => void stayAwake(), { signal });
  handle('togglemicrophone', () => (call.muted = !call.muted));
  handle('hangup', () => call.stop());
  signal.addEventListener('abort', () => {
    void lock?.release();
    handle('togglemicrophone', null);
    handle('hangup', null);
  });
}

function handle(action: string, handler: (() => void) | null): void {
  try {
    navigator.mediaSession?.setActionHandler(action as MediaSessionAction, handler);
  } catch {
    // The browser does not know this action.
  }
}
