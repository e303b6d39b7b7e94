export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  /** Bytes, not text: an SDP answer has to arrive exactly as it was sent. */
  body: Uint8Array<ArrayBuffer>;
}

export interface UpstreamDetail {
  status: number;
  code?: string;
  param?: string;
}

/** Why the service gave nothing usable, in words of this package: the service's own text stays here. */
export class UpstreamError extends Error {
  readonly status: number;
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
 * One POST to the service, tried a second time when the connection or the service itself failed. `visitor` is the
 * visitor's own signal, where who has left needs no answer. The time limit covers both tries together.
 */
export async function post(
  url: string,
  init: { headers: Headers; body: string },
  visitor?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<UpstreamAnswer> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([deadline, ...(visitor ? [visitor] : [])]);
  for (let triesLeft = 1; ; triesLeft--) {
    let answer: UpstreamAnswer;
    try {
      // A redirect is never followed: the key is for this address only.
      const response = await fetch(url, { ...init, method: 'POST', redirect: 'manual', signal });
      answer = {
        status: response.status,
        headers: response.headers,
        body: new Uint8Array(await response.arrayBuffer()),
      };
    } catch {
      if (visitor?.aborted) throw new UpstreamError(499, 'aborted', 'The visitor left.');
      if (deadline.aborted) throw new UpstreamError(504, 'upstream-timeout', 'The service did not answer in time.');
      if (triesLeft > 0) continue;
      throw new UpstreamError(502, 'upstream-unreachable', 'The service could not be reached.');
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status >= 500 && triesLeft > 0) continue;
    throw failureOf(answer);
  }
}

function failureOf(answer: UpstreamAnswer): UpstreamError {
  const upstream = detailOf(answer);
  switch (true) {
    case answer.status === 401 || answer.status === 403:
      return new UpstreamError(502, 'upstream-unauthorized', 'The service refused the credentials of this site.', {
        upstream,
      });
    // The one code passed on by its own name: the browser tells "pay first" from "wait a little" by it.
    case answer.status === 429 && upstream.code === 'insufficient_quota':
      return new UpstreamError(429, 'insufficient_quota', 'The quota of this site is used up.', { upstream });
    case answer.status === 429: {
      const retryAfter = answer.headers.get('Retry-After');
      return new UpstreamError(429, 'rate-limited', 'The service is busy. Try again later.', { upstream, retryAfter });
    }
    case answer.status >= 500:
      return new UpstreamError(502, 'upstream-unavailable', 'The service has a problem. Try again later.', {
        upstream,
      });
    default:
      return new UpstreamError(502, 'upstream-rejected', 'The service did not accept the session of this site.', {
        upstream,
      });
  }
}

/** Names only, for the site's log. Messages are left out: the service quotes parts of the key in them. */
function detailOf(answer: UpstreamAnswer): UpstreamDetail {
  const detail: UpstreamDetail = { status: answer.status };
  const error = (parseJson(answer.body) as { error?: { code?: unknown; param?: unknown } } | undefined)?.error;
  if (isName(error?.code)) detail.code = error.code;
  if (isName(error?.param)) detail.param = error.param;
  return detail;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.[\]]{1,80}$/.test(value);
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
