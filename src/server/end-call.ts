import { UpstreamError } from './upstream-error.js';
import { post, type Retry } from './upstream.js';

/**
 * Ends a call at the service. Returns false if the service knows no such call. Any other refusal is an error: the call
 * may still be running.
 */
export async function endCall(url: string, headers: Headers, retry: Retry): Promise<boolean> {
  try {
    await post(url, { headers, body: '', retry });
    return true;
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== 'upstream-rejected') throw error;
    const { status, upstream } = error;
    if (upstream?.status === 404 || upstream?.status === 410) return false;
    throw new UpstreamError(status, error.code, 'The service did not end the call.', upstream && { upstream });
  }
}
