import { UpstreamError } from './upstream-error.js';
import { post, type Retry } from './upstream.js';

/** Ends a call at the service. Returns false if the service knows no such call: it has already ended. */
export async function endCall(url: string, headers: Headers, retry: Retry): Promise<boolean> {
  try {
    await post(url, { headers, body: '', retry });
    return true;
  } catch (error) {
    const hasEnded = error instanceof UpstreamError && error.code === 'upstream-rejected';
    if (!hasEnded) throw error;
    return false;
  }
}
