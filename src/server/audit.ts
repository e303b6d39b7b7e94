import { withinDeadline } from './hook-deadline.js';

const PATIENCE_MS = 1_000;

/**
 * Tells the site's audit. It is waited for, since some platforms stop the process after the answer, but not for long,
 * and whatever it does the visitor gets the answer.
 */
export async function tellAudit<T>(
  name: 'onMint' | 'onRefuse',
  hook: ((record: T, request: Request) => void | Promise<void>) | undefined,
  record: T,
  request: Request,
): Promise<void> {
  if (!hook) return;
  try {
    await withinDeadline(name, () => hook(record, request), PATIENCE_MS);
  } catch (error) {
    console.error('realtime-voice/server:', error);
  }
}
