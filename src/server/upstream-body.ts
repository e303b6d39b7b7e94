import { readAtMost } from './bounded-body.js';

/** A client secret has some 100 bytes, an SDP answer 2 to 10 kB. */
const MOST_BYTES = 65_536;

/** Reads the body of the service's answer as it is after decompression; undefined when it is longer than 64 kB. */
export async function readUpstreamBody(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return response.body ? readAtMost(MOST_BYTES, response.body.getReader()) : new Uint8Array();
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
