import { withTimeLimit } from './time-limit.js';
import { parseJson, readUpstreamBody } from './upstream-body.js';
import { invalidAnswer, UpstreamError, type UpstreamDetail } from './upstream-error.js';

export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  /** Bytes, not text: an SDP answer has to arrive exactly as it was sent. */
  body: Uint8Array<ArrayBuffer>;
}

/**
 * When a failed request is sent a second time: after any failure of the connection or the service, only when the first
 * one was never sent, or never.
 */
export type Retry = 'any-failure' | 'unsent' | 'never';

interface PostInit {
  headers: Headers;
  body: string;
  retry?: Retry;
}

const TIMEOUT_MS = 8_000;
const RETRY_DELAY_MS = 100;

/**
 * One POST to the service. `visitor` is the signal of the visitor's own request, for answers that nobody needs once the
 * visitor has left. The time limit covers both tries and the body.
 */
export async function post(
  url: string,
  init: PostInit,
  visitor?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<UpstreamAnswer> {
  return withTimeLimit(timeoutMs, visitor, async (signal) => {
    try {
      return await postTwice(url, init, signal);
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (visitor?.aborted) throw new UpstreamError(499, 'aborted', 'The visitor left.');
      if (signal.aborted) throw new UpstreamError(504, 'upstream-timeout', 'The service did not answer in time.');
      throw new UpstreamError(502, 'upstream-unreachable', 'The service could not be reached.');
    }
  });
}

async function postTwice(url: string, init: PostInit, signal: AbortSignal): Promise<UpstreamAnswer> {
  const { headers, body, retry = 'any-failure' } = init;
  for (let isRetry = false; ; isRetry = true) {
    let answer: UpstreamAnswer;
    try {
      // A redirect is never followed: the key is for this address only.
      answer = await readAnswer(await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }));
    } catch (error) {
      const mayRetry = retry === 'any-failure' || (retry === 'unsent' && wasNeverSent(error));
      if (error instanceof UpstreamError || signal.aborted || isRetry || !mayRetry) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
      continue;
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status >= 500 && !isRetry && retry === 'any-failure') continue;
    throw failureOf(answer);
  }
}

async function readAnswer(response: Response): Promise<UpstreamAnswer> {
  const { status, headers } = response;
  const body = await readUpstreamBody(response);
  if (!body && response.ok) throw invalidAnswer(status, 'The answer of the service is too long.');
  return { status, headers, body: body ?? new Uint8Array() };
}

/** Whether the connection itself was never made: Node and Bun give a code, Deno says `client error (Connect)`. */
function wasNeverSent(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown; message?: unknown } };
  const unsent = /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
  return unsent.test(String(cause?.code ?? code)) || String(cause?.message).includes('client error (Connect)');
}

function failureOf(answer: UpstreamAnswer): UpstreamError {
  const { status, headers } = answer;
  const upstream = detailOf(answer);
  if (status === 401 || status === 403) {
    const message = 'The service refused the credentials of this site.';
    return new UpstreamError(502, 'upstream-unauthorized', message, { upstream });
  }
  // The one code passed on by its own name: the browser tells "pay first" from "wait a little" by it.
  if (status === 429 && upstream.code === 'insufficient_quota') {
    return new UpstreamError(429, 'insufficient_quota', 'The quota of this site is used up.', { upstream });
  }
  if (status === 429) {
    const retryAfter = secondsIn(headers.get('Retry-After'));
    return new UpstreamError(429, 'rate-limited', 'The service is busy. Try again later.', { upstream, retryAfter });
  }
  if (status >= 500) {
    const message = 'The service has a problem. Try again later.';
    return new UpstreamError(502, 'upstream-unavailable', message, { upstream });
  }
  const message = 'The service did not accept the session of this site.';
  return new UpstreamError(502, 'upstream-rejected', message, { upstream });
}

/** A number of seconds may pass; any other text of the service stays here. */
function secondsIn(header: string | null): string | null {
  return /^\d{1,6}$/.exec(header ?? '')?.[0] ?? null;
}

/** Names only, for the site's log. Messages are left out: the service quotes parts of the key in them. */
function detailOf(answer: UpstreamAnswer): UpstreamDetail {
  const detail: UpstreamDetail = { status: answer.status };
  const error = (parseJson(answer.body) as { error?: { code?: unknown; param?: unknown } } | null | undefined)?.error;
  if (isName(error?.code)) detail.code = error.code;
  if (isName(error?.param)) detail.param = error.param;
  return detail;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.[\]]{1,80}$/.test(value);
}
