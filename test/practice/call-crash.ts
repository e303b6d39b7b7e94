/**
 * Resolves with an error when the process of the call ends before the call does: the native WebRTC module can crash.
 * Resolves with undefined when the call ends in order, or when nobody can tell any more.
 *
 * @param url of the practice server
 */
export async function callCrash(url: string, callId: string, signal: AbortSignal): Promise<Error | undefined> {
  try {
    const response = await fetch(`${url}/practice/calls/${callId}/crash`, { signal });
    const { crash } = (await response.json()) as { crash?: string | null };
    if (!crash) return undefined;
    return new Error(`The process of call ${callId} in the practice server has ended: ${crash}. The call is lost.`);
  } catch {
    // The caller was closed, or the server.
    return undefined;
  }
}
