import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callResource, hangUp } from '../../src/transport/hang-up.js';
import { startFaultServer } from '../support/http-faults.js';

describe('hanging up', () => {
  it('is one DELETE of the resource, whose failure is ignored', async () => {
    const server = await startFaultServer();
    const arrived = new Promise<void>((resolve) =>
      server.answer('/api/session', () => {
        resolve();
        return { reset: true };
      }),
    );
    hangUp(`${server.url}/api/session?call=1`, 'omit');
    await arrived;
    assert.deepEqual(
      server.requests.map(({ method, path, body }) => [method, path, body]),
      [['DELETE', '/api/session', '']],
    );
    await server.close();
  });
});

describe('the resource of a call', () => {
  const endpoint = new URL('https://site.example/api/session');

  for (const [location, resource] of [
    ['?call=1', 'https://site.example/api/session?call=1'],
    ['/api/session?call=1', 'https://site.example/api/session?call=1'],
    ['https://site.example/api/session?call=1#x', 'https://site.example/api/session?call=1#x'],
    ['/v1/realtime/calls/rtc_1', undefined],
    ['/api/session/rtc_1', undefined],
    ['https://api.openai.com/v1/realtime/calls/rtc_1', undefined],
    ['http://site.example/api/session', undefined],
    ['', undefined],
    [null, undefined],
  ] as const) {
    it(`that is named ${location} is ${resource ?? 'not for the browser to end'}`, () => {
      assert.equal(callResource(endpoint, location), resource);
    });
  }
});
