/**
 * Waits between tries to end a call, in milliseconds: they grow, and are about an hour together. So long a service may
 * be away or refuse the key. Calls of most services have ended by themselves then.
 */
export const HANG_UP_DELAYS_MS: readonly number[] = Array.from({ length: 19 }, (_, failures) =>
  Math.min(1_000 * 2 ** failures, 300_000),
);
