/** A client secret has some 100 bytes, an SDP answer 2 to 10 kB. */
const MOST_BYTES = 65_536;

/** Reads the body of the service's answer as it is after decompression; undefined when it is longer than 64 kB. */
export async function readUpstreamBody(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!response.body) return new Uint8Array();
  const body = new Uint8Array(MOST_BYTES);
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body.slice(0, bytes);
    if (bytes + value.byteLength > MOST_BYTES) {
      // Not awaited: what matters is that nothing more is read.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    body.set(value, bytes);
    bytes += value.byteLength;
  }
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
