import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import type { CallClaims, GuardedCall } from '../../../src/server/guard/call-claims.js';
import { createCallGuard, type CallGuardOptions, type GuardRecord } from '../../../src/server/index.js';
import { startUpstream, type UpstreamServer } from '../upstream-server.js';
import { KEY } from '../visitor.js';

let upstream: UpstreamServer;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

/** Claims that several guards share, without any other guard. `left` resolves when the call is free or gone. */
class WatchedClaims implements CallClaims {
  readonly renewEveryMs = 60_000;
  readonly left: Promise<{ call: GuardedCall; isGone: boolean }>;
  #leave!: (how: { call: GuardedCall; isGone: boolean }) => void;
  #call!: GuardedCall;

  constructor() {
    this.left = new Promise((resolve) => (this.#leave = resolve));
  }
  async add(call: GuardedCall): Promise<boolean> {
    this.#call = { ...call };
    return true;
  }
  async renew(call: GuardedCall): Promise<boolean> {
    return this.add(call);
  }
  async takeOver(): Promise<GuardedCall[]> {
    return [];
  }
  async remove(): Promise<void> {
    this.#leave({ call: this.#call, isGone: true });
  }
  async release(): Promise<void> {
    this.#leave({ call: this.#call, isGone: false });
  }
}

/** Only requests that end a call get these answers; the sideband is refused. */
function answerHangUps(...statuses: number[]): void {
  upstream.answer((response, { method }) => {
    const status = method === 'POST' ? (statuses.length > 1 ? statuses.shift()! : statuses[0]!) : 401;
    response.writeHead(status).end();
  });
}

const OPTIONS = { apiKey: KEY, session: { instructions: 'Greet.' }, WebSocket };

async function endCall(more: Partial<CallGuardOptions>): Promise<void> {
  const options = { ...OPTIONS, baseUrl: upstream.url };
  await createCallGuard({ ...options, maxSessionSeconds: 1, ...more }).watch({ ok: true, callId: 'rtc_1' });
}

describe('a guard that cannot end a call', () => {
  it('leaves it to another guard, which is to end it at once', async (context) => {
    context.mock.method(console, 'error', () => undefined);
    answerHangUps(401);
    const claims = new WatchedClaims();
    await endCall({ claims });
    const { call, isGone } = await claims.left;
    assert.equal(isGone, false);
    assert.equal(call.failedEnds, 3);
    assert.ok(call.endsAt! <= Date.now());
  });

  it('and is closed before the next try leaves it at once', async (context) => {
    const failed = new Promise<void>((resolve) =>
      context.mock.method(console, 'error', (...what: unknown[]) => {
        if (what.join().includes('could not be ended')) resolve();
      }),
    );
    const requests = context.mock.method(globalThis, 'fetch').mock;
    answerHangUps(401);
    const claims = new WatchedClaims();
    const guard = createCallGuard({ ...OPTIONS, baseUrl: upstream.url, maxSessionSeconds: 1, claims });
    context.mock.timers.enable({ apis: ['setTimeout'] });
    await guard.watch({ ok: true, callId: 'rtc_1' });
    context.mock.timers.tick(1_000);
    await failed;
    assert.equal(requests.callCount(), 1);
    await guard.close();
    assert.equal((await claims.left).isGone, false);
    // The first wait is a second.
    context.mock.timers.tick(1_000);
    await setImmediate();
    assert.equal(requests.callCount(), 1);
  });

  it('and is closed during its first try saves that the call must end', async (context) => {
    // The page changes the session again and again. Nobody answers who wants to end the call.
    const server = createServer().listen(0, '127.0.0.1');
    const changed = JSON.stringify({ type: 'session.updated', session: { instructions: 'Be rude.' } });
    new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', () => socket.send(changed)));
    await once(server, 'listening');
    context.after(() => server.close().closeAllConnections());
    const tried = once(server, 'request');
    const claims = new WatchedClaims();
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const guard = createCallGuard({ ...OPTIONS, baseUrl, maxSessionSeconds: 600, claims });
    await guard.watch({ ok: true, callId: 'rtc_1' });
    await tried;
    await guard.close();
    const { call, isGone } = await claims.left;
    assert.equal(isGone, false);
    assert.ok(call.endsAt! <= Date.now(), 'whoever takes it over ends it');
  });

  it('takes 400 for no end', async (context) => {
    context.mock.method(console, 'error', () => undefined);
    answerHangUps(400, 409, 200);
    const record = new Promise<GuardRecord>((resolve) => void endCall({ onGuard: resolve }));
    assert.deepEqual(await record, { callId: 'rtc_1', action: 'ended', reason: 'max-session-seconds' });
  });

  it('goes on alone, and is done when the service knows no such call', async (context) => {
    context.mock.method(console, 'error', () => undefined);
    answerHangUps(429, 429, 429, 404);
    const record = new Promise<GuardRecord>((resolve) => void endCall({ onGuard: resolve }));
    assert.deepEqual(await record, { callId: 'rtc_1', action: 'over' });
    assert.equal(upstream.received.filter(({ method }) => method === 'POST').length, 4);
  });
});
