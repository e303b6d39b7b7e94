/** A complete answer of the service. */
export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  /** Bytes, because an SDP answer must be passed on unchanged. */
  body: Uint8Array<ArrayBuffer>;
}

/** The parts of a service error that may go to the site's log. */
export interface UpstreamDetail {
  status: number;
  code?: string;
  param?: string;
}

/** The service gave no usable answer. The messages are ours: the service's own text is never passed on. */
export class UpstreamError extends Error {
  /** The HTTP status for the browser. */
  readonly status: number;
  /** The error code for the browser. */
  readonly code: string;
  readonly retryAfter: string | null;
  readonly upstream: UpstreamDetail | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { retryAfter?: string | null; upstream?: UpstreamDetail } = {},
  ) {
    super(message);
    this.name = 'UpstreamError';
    this.status = status;
    this.code = code;
    this.retryAfter = more.retryAfter ?? null;
    this.upstream = more.upstream;
  }
}

const TIMEOUT_MS = 8_000;

/**
 * Sends one POST to the service; sends it once more after a network error or a 5xx answer. `timeoutMs` covers both
 * attempts together. `visitor` aborts the request if the visitor leaves.
 */
export async function post(
  url: string,
  init: { headers: Headers; body: string },
  visitor?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<UpstreamAnswer> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([deadline, ...(visitor ? [visitor] : [])]);
  for (let retriesLeft = 1; ; retriesLeft--) {
    let answer: UpstreamAnswer;
    try {
      // Redirects are not followed: the API key must not reach another address.
      const response = await fetch(url, { ...init, method: 'POST', redirect: 'manual', signal });
      answer = {
        status: response.status,
        headers: response.headers,
        body: new Uint8Array(await response.arrayBuffer()),
      };
    } catch {
      if (visitor?.aborted) throw new UpstreamError(499, 'aborted', 'The visitor left.');
      if (deadline.aborted) throw new UpstreamError(504, 'upstream-timeout', 'The service did not answer in time.');
      if (retriesLeft > 0) continue;
      throw new UpstreamError(502, 'upstream-unreachable', 'The service could not be reached.');
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status >= 500 && retriesLeft > 0) continue;
    throw toUpstreamError(answer);
  }
}

function toUpstreamError(answer: UpstreamAnswer): UpstreamError {
  const { status, headers } = answer;
  const upstream = readDetail(answer);
  const error = (toStatus: number, code: string, message: string): UpstreamError =>
    new UpstreamError(toStatus, code, message, {
      upstream,
      retryAfter: code === 'rate-limited' ? headers.get('Retry-After') : null,
    });

  if (status === 401 || status === 403) {
    return error(502, 'upstream-unauthorized', 'The service refused the credentials of this site.');
  }
  // The only service code passed on unchanged: it tells the browser that waiting will not help.
  if (status === 429 && upstream.code === 'insufficient_quota') {
    return error(429, 'insufficient_quota', 'The quota of this site is used up.');
  }
  if (status === 429) return error(429, 'rate-limited', 'The service is busy. Try again later.');
  if (status >= 500) return error(502, 'upstream-unavailable', 'The service has a problem. Try again later.');
  return error(502, 'upstream-rejected', 'The service did not accept the session of this site.');
}

/** Error code and field name, but not the message: the service quotes parts of the API key in messages. */
function readDetail(answer: UpstreamAnswer): UpstreamDetail {
  const detail: UpstreamDetail = { status: answer.status };
  const error = (parseJson(answer.body) as { error?: { code?: unknown; param?: unknown } } | undefined)?.error;
  if (isName(error?.code)) detail.code = error.code;
  if (isName(error?.param)) detail.param = error.param;
  return detail;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.[\]]{1,80}$/.test(value);
}

/** Parses a JSON body; returns undefined if it is not valid JSON. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
