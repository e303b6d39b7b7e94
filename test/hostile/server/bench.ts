import assert from 'node:assert/strict';
import {
  createSessionHandler,
  createTokenHandler,
  type Handler,
  type HandlerOptions,
} from '../../../src/server/index.js';
import { DerivedKey } from '../../../src/server/derived-key.js';
import { visitorRequest, readError, responseText, KEY, SITE } from '../../server/visitor.js';
import { respond, startUpstream, type Answer, type UpstreamServer } from '../../server/upstream-server.js';

export const ENDPOINT = `${SITE}/api/voice-session`;
export const OFFER = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
export const CALL_ID = 'rtc_u1_9c6A';
export const OPENED: Answer = respond(201, OFFER, { Location: `/v1/realtime/calls/${CALL_ID}` });

/** One hostile situation. The same cases run in every runtime, so they use nothing of a test framework. */
export interface HostileCase {
  readonly name: string;
  /** It mostly waits for a deadline of several seconds, so it runs beside others that do. */
  readonly waits?: true;
  readonly run: (bench: Bench) => Promise<void>;
}

const lines: string[] = [];

/** Keeps what the handlers log, for `Bench.logged`. Returns a function that restores the console. */
export function keepLog(): () => void {
  const { warn, error } = console;
  const keep = (...parts: unknown[]): void => void lines.push(parts.map(String).join(' '));
  Object.assign(console, { warn: keep, error: keep });
  return () => Object.assign(console, { warn, error });
}

/** A visitor's request to the session handler, with an offer. */
export const offer = (init: Parameters<typeof visitorRequest>[0] = {}): Request =>
  visitorRequest({
    url: ENDPOINT,
    body: OFFER,
    ...init,
    headers: { 'Content-Type': 'application/sdp', ...init?.headers },
  });

export const hangUp = (query: string, headers: Record<string, string | undefined> = {}): Request =>
  visitorRequest({ method: 'DELETE', url: ENDPOINT + query, headers: { 'Content-Type': undefined, ...headers } });

/** A location as the handler itself would sign it, with whatever content. */
export async function signed(
  { callId = CALL_ID, expiresInS = 60, origin = SITE, binding = '' } = {},
  secret: string = KEY,
): Promise<string> {
  const expires = String(Math.floor(Date.now() / 1000) + expiresInS);
  const signature = await new DerivedKey(secret, 'call location').sign(
    JSON.stringify([callId, expires, origin, binding]),
  );
  return `?${new URLSearchParams({ call_id: callId, call_expires: expires, call_signature: signature })}`;
}

/** A real server in the service's place, and handlers that ask it. */
export class Bench {
  readonly upstream: UpstreamServer;

  private constructor(upstream: UpstreamServer) {
    this.upstream = upstream;
  }

  static async open(): Promise<Bench> {
    return new Bench(await startUpstream());
  }

  token(options: Partial<HandlerOptions> = {}): Handler {
    return createTokenHandler(this.#options(options));
  }

  session(options: Partial<HandlerOptions> = {}): Handler {
    return createSessionHandler(this.#options(options));
  }

  /** Turned away: the service was not asked, nobody may read or keep the answer, and no secret is in it. */
  async refused(response: Response, status: number, code: string): Promise<void> {
    await this.failed(response, status, code);
    assert.equal(this.upstream.received.length, 0, 'the service was asked');
  }

  /** An error in words of this package alone. */
  async failed(response: Response, status: number, code: string): Promise<void> {
    const text = await responseText(response);
    assert.equal(response.status, status, text);
    assert.equal((await readError(response)).code, code);
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
    assert.doesNotMatch(text, /sk-|ek_|hunter2|<html|upstream-text/);
  }

  logged(pattern: RegExp): void {
    assert.ok(
      lines.some((line) => pattern.test(line)),
      `nothing in the log matches ${pattern}`,
    );
    assert.ok(!lines.some((line) => line.includes(KEY)), 'the key is in the log');
  }

  async close(): Promise<void> {
    await this.upstream.close();
  }

  #options(options: Partial<HandlerOptions>): HandlerOptions {
    return { apiKey: KEY, session: {}, baseUrl: this.upstream.url, limiter: false, ...options };
  }
}
