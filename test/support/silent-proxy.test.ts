import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { startFaultServer } from './http-faults.js';
import { SilentProxy } from './silent-proxy.js';

describe('a silent proxy', () => {
  it('lets requests through, holds those that are made in the silence, and lets later ones through again', async () => {
    const server = await startFaultServer();
    server.answer('/token', { body: { value: 'ek_1' } });
    await using proxy = await SilentProxy.open(server.url);
    const ask = (): Promise<string> =>
      fetch(`${proxy.url}/token`, { method: 'POST', headers: { connection: 'close' } }).then((reply) => reply.text());
    assert.match(await ask(), /ek_1/);

    proxy.silence(true);
    const controller = new AbortController();
    let isOver = false;
    const hung = fetch(`${proxy.url}/token`, { method: 'POST', signal: controller.signal }).then(
      () => (isOver = true),
      () => {},
    );
    await pass(200);
    proxy.silence(false);
    assert.match(await ask(), /ek_1/);
    await pass(200);
    assert.equal(isOver, false, 'a request that was made in the silence gets no answer, not even afterwards');
    assert.equal(server.requests.length, 2, 'nor did it reach the server');
    controller.abort();
    await hung;
    await server.close();
  });
});
