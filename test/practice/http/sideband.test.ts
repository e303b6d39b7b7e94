import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { type PracticeServer, startPracticeServer } from '../../../demo/practice/server.js';
import { Caller } from '../caller.js';

const KEY = 'sk-right';

describe('the sideband of a call', () => {
  let server: PracticeServer;
  let caller: Caller;
  before(async () => {
    server = await startPracticeServer({ thinkingMs: 0 });
    caller = await Caller.call({ url: server.url, session: { instructions: 'Greet.' } });
    await caller.event('session.created');
  });
  after(async () => {
    caller.close();
    await server.close();
  });

  const join = (query: string, key: string | undefined = KEY): WebSocket => {
    const headers = key === '' ? {} : { Authorization: `Bearer ${key}` };
    return new WebSocket(`${server.url.replace('http', 'ws')}/v1/realtime${query}`, { headers });
  };
  const opened = async (): Promise<WebSocket> => {
    const socket = join(`?call_id=${caller.callId}`);
    await once(socket, 'open');
    return socket;
  };
  // Several messages may come at once: `on` keeps them all, which `once` in a loop would not.
  const next = async (socket: WebSocket, type: string): Promise<Record<string, unknown>> => {
    for await (const [data] of on(socket, 'message', { signal: AbortSignal.timeout(10_000) })) {
      const event = JSON.parse(String(data)) as Record<string, unknown>;
      if (event['type'] === type) return event;
    }
    throw new Error(`The sideband ended before ${type}.`);
  };

  it('gets the events that the client causes, and the client those that it causes', async () => {
    const socket = await opened();
    const seen = next(socket, 'session.updated');
    const from = caller.events.length;
    caller.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be rude.' } });
    assert.equal(((await seen)['session'] as { instructions: string }).instructions, 'Be rude.');
    const again = next(socket, 'session.updated');
    await caller.event('session.updated', from);
    const before = caller.events.length;
    socket.send(JSON.stringify({ type: 'session.update', session: { type: 'realtime', instructions: 'Greet.' } }));
    const { session } = await caller.event('session.updated', before);
    assert.equal((session as { instructions?: string }).instructions, 'Greet.');
    await again;
    socket.close();
    await once(socket, 'close');
  });

  it('hears of a mistake in its own event', async () => {
    const socket = await opened();
    const error = next(socket, 'error');
    socket.send('{');
    assert.match(JSON.stringify(await error), /invalid_json/);
    socket.close();
  });

  for (const [what, query, key, status] of [
    ['without a call', '?call_id=rtc_none', KEY, 404],
    ['without an id', '', KEY, 404],
    ['without a key', '', '', 401],
    ['with a client secret', '', 'ek_1', 401],
  ] as const) {
    it(`is refused ${what}`, async () => {
      const [, response] = (await once(join(query || `?x=${caller.callId}`, key), 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      assert.equal(response.statusCode, status);
    });
  }

  it('is closed when the call ends', async () => {
    const socket = await opened();
    const closed = once(socket, 'close');
    const headers = { Authorization: `Bearer ${KEY}` };
    await fetch(`${server.url}/v1/realtime/calls/${caller.callId}/hangup`, { method: 'POST', headers });
    assert.equal((await closed)[0], 1000);
    const [, response] = (await once(join(`?call_id=${caller.callId}`), 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(response.statusCode, 404);
  });
});
