/** What the page shows of a call. */
export interface Presence {
  muted: boolean;
  stop(): void;
}

/**
 * Makes the call known outside the page while it lasts: the screen stays on, and the system's own controls can mute it
 * and hang up. Browsers without these do without.
 */
export function keepPresence(call: Presence, signal: AbortSignal): void {
  let lock: WakeLockSentinel | undefined;
  const stayAwake = async (): Promise<void> => {
    // A hidden page loses the lock; refusing it is the browser's right.
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
    // The browser does not know the action.
  }
}
