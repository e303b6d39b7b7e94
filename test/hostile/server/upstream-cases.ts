import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { MintRecord } from '../../../src/server/index.js';
import { visitorRequest, responseText, KEY } from '../../server/visitor.js';
import { CLOSE_CONNECTION, NO_ANSWER, respond, type Answer } from '../../server/upstream-server.js';
import { OFFER, offer, type HostileCase } from './bench.js';

const noSecrets: HostileCase[] = (
  [
    ['nothing', ''],
    ['HTML', '<html>upstream-text'],
    ['null', 'null'],
    ['a list', '["ek_x"]'],
    ['a number for the secret', '{"value":7}'],
    ['an empty secret', '{"value":""}'],
    ['the key itself', JSON.stringify({ value: KEY })],
    ['a secret that contains the key', JSON.stringify({ value: `ek_${KEY}_x` })],
    ['another secret key', '{"client_secret":{"value":"sk-other"}}'],
    ['a secret with a line break', '{"value":"ek_a\\r\\nX-Evil: 1"}'],
    ['a secret with an invisible space', '{"value":"ek_a\\u200b"}'],
    ['half a JSON', '{"value":"ek_x"'],
    ['100 kB of secret', JSON.stringify({ value: `ek_${'a'.repeat(100_000)}` })],
    ['a secret 20,000 levels down', `${'{"client_secret":'.repeat(3_000)}"ek_x"${'}'.repeat(3_000)}`],
  ] as const
).map(([name, body]) => ({
  name: `a service that answers ${name} gives no secret`,
  run: async (bench) => {
    bench.upstream.answer(respond(200, body));
    await bench.failed(await bench.token()(visitorRequest()), 502, 'upstream-invalid');
  },
}));

const noAnswers: HostileCase[] = (
  [
    ['nothing', ''],
    ['HTML', '<html>upstream-text'],
    ['an SDP with the key in it', `${OFFER}a=note:${KEY}\r\n`],
    ['an SDP of 70 kB', `${OFFER}${'a=x\r\n'.repeat(14_000)}`],
  ] as const
).map(([name, body]) => ({
  name: `a service that answers ${name} opens no call`,
  run: async (bench) => {
    bench.upstream.answer(respond(201, body, { Location: '/v1/realtime/calls/rtc_1' }));
    const response = await bench.session()(offer());
    await bench.failed(response, 502, 'upstream-invalid');
    assert.equal(response.headers.get('Location'), null);
    assert.equal(bench.upstream.received.length, 1);
  },
}));

const locations: HostileCase[] = [
  'https://evil.example/',
  '//evil.example/calls/7',
  'javascript:alert(1)',
  `/v1/realtime/calls/rtc_${'a'.repeat(200)}`,
  'live_7f',
].map((location) => ({
  name: `the service's Location ${location.slice(0, 40)} does not reach the page`,
  run: async (bench) => {
    bench.upstream.answer(respond(201, OFFER, { Location: location }));
    const response = await bench.session()(offer());
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('Location'), null);
  },
}));

const waits: HostileCase[] = (
  [
    ['17', '17'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
    ['upstream-text', null],
    ['-1', null],
    ['1e9', null],
    ['9999999999', null],
    [KEY, null],
  ] as const
).map(([told, passed]) => ({
  name: `Retry-After: ${told === KEY ? 'the key' : told} ${passed ? 'passes' : 'does not pass'}`,
  run: async (bench) => {
    bench.upstream.answer(respond(429, 'upstream-text', { 'Retry-After': told }));
    const response = await bench.token()(visitorRequest());
    await bench.failed(response, 429, 'rate-limited');
    assert.equal(response.headers.get('Retry-After'), passed);
  },
}));

/** An answer that goes on as long as somebody reads it; `sent` counts. */
function pouring(sent: { bytes: number }, status = 200): Answer {
  return (response) => {
    response.writeHead(status);
    const chunk = Buffer.alloc(16_384, 97);
    const pour = (): void => {
      while (!response.destroyed && sent.bytes < 200_000_000) {
        sent.bytes += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pour);
      }
      response.end();
    };
    pour();
  };
}

const floods: HostileCase[] = [
  ...[200, 400].map((status): HostileCase => ({
    name: `an answer without end, status ${status}, is not read on`,
    run: async (bench) => {
      const sent = { bytes: 0 };
      bench.upstream.answer(pouring(sent, status));
      const code = status === 200 ? 'upstream-invalid' : 'upstream-rejected';
      await bench.failed(await bench.token()(visitorRequest()), 502, code);
      await bench.upstream.received[0]!.aborted;
      assert.ok(sent.bytes < 20_000_000, `${sent.bytes} bytes were sent`);
    },
  })),
  {
    name: 'a gzip bomb is not unpacked',
    run: async (bench) => {
      const bomb = gzipSync(Buffer.alloc(64_000_000, 97));
      bench.upstream.answer((response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' });
        response.end(bomb);
      });
      await bench.failed(await bench.token()(visitorRequest()), 502, 'upstream-invalid');
    },
  },
  {
    name: 'a compressed secret of ordinary length is read',
    run: async (bench) => {
      bench.upstream.answer((response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' });
        response.end(gzipSync('{"value":"ek_x"}'));
      });
      assert.equal((await bench.token()(visitorRequest())).status, 200);
    },
  },
  {
    name: 'an answer that trickles in is given up within 10 s',
    waits: true,
    run: async (bench) => {
      let timer: ReturnType<typeof setInterval> | undefined;
      bench.upstream.answer((response) => {
        response.writeHead(201);
        response.write('v=0\r\n');
        timer = setInterval(() => response.write('a=x\r\n'), 100);
        response.once('close', () => clearInterval(timer));
      });
      const startedAt = Date.now();
      await bench.failed(await bench.session()(offer()), 504, 'upstream-timeout');
      assert.ok(Date.now() - startedAt < 10_000);
      await bench.upstream.received[0]!.aborted;
    },
  },
  {
    name: 'a silent service is given up within 10 s',
    waits: true,
    run: async (bench) => {
      bench.upstream.answer(NO_ANSWER);
      const startedAt = Date.now();
      await bench.failed(await bench.session()(offer()), 504, 'upstream-timeout');
      assert.ok(Date.now() - startedAt < 10_000);
      assert.equal(bench.upstream.received.length, 1);
    },
  },
];

const retries: HostileCase[] = [
  ...(
    [
      ['an error', respond(500, 'upstream-text'), 'upstream-unavailable'],
      ['too much to do', respond(503, '', { 'Retry-After': '0' }), 'upstream-unavailable'],
      ['a connection cut at once', CLOSE_CONNECTION, 'upstream-unreachable'],
      ['an answer cut off', cutOff, 'upstream-unreachable'],
    ] as const
  ).map(([name, answer, code]): HostileCase => ({
    name: `an offer is posted once, since it may have opened a call: ${name}`,
    run: async (bench) => {
      bench.upstream.answer(answer);
      await bench.failed(await bench.session()(offer()), 502, code);
      assert.equal(bench.upstream.received.length, 1);
    },
  })),
  {
    name: 'an offer whose connection was refused is posted once more',
    run: async (bench) => {
      const tries: string[] = [];
      const real = globalThis.fetch;
      const { url } = bench.upstream;
      await bench.upstream.close();
      // Only counts; the requests are real.
      globalThis.fetch = (input, init) => {
        if (String(input).startsWith(url)) tries.push(String(input));
        return real(input, init);
      };
      try {
        await bench.failed(await bench.session()(offer()), 502, 'upstream-unreachable');
      } finally {
        globalThis.fetch = real;
      }
      assert.equal(tries.length, 2);
    },
  },
];

function cutOff(response: Parameters<Answer>[0]): void {
  response.writeHead(201, { 'Content-Length': '1000' });
  response.write('v=0\r\n', () => response.destroy());
}

const lies: HostileCase[] = [
  ...[301, 302, 307, 308].map((status): HostileCase => ({
    name: `a redirect with ${status} is not followed`,
    run: async (bench) => {
      bench.upstream.answer(respond(status, 'upstream-text', { Location: `${bench.upstream.url}/elsewhere` }));
      await bench.failed(await bench.token()(visitorRequest()), 502, 'upstream-rejected');
      assert.deepEqual(
        bench.upstream.received.map(({ path }) => path),
        ['/v1/realtime/client_secrets'],
      );
    },
  })),
  ...[400, 401, 403, 404, 418, 429, 500].map((status): HostileCase => ({
    name: `an error ${status} that quotes the key tells the page nothing of it`,
    run: async (bench) => {
      const error = { message: `Incorrect key ${KEY}`, code: KEY, param: KEY.replaceAll('-', '_') };
      const records: MintRecord[] = [];
      bench.upstream.answer(respond(status, JSON.stringify({ error }), { 'X-Request-Id': KEY, 'Set-Cookie': 'a=b' }));
      const response = await bench.session({ onMint: (record) => void records.push(record) })(offer());
      assert.doesNotMatch(await responseText(response), /sk-|Incorrect|a=b/);
      assert.doesNotMatch(JSON.stringify(records), /sk-/);
      assert.equal(records[0]?.ok, false);
    },
  })),
  {
    name: 'a service that names the key as the rejected field does not get it into the audit',
    run: async (bench) => {
      const apiKey = 'abcdef0123456789abcdef0123456789';
      const records: MintRecord[] = [];
      bench.upstream.answer(respond(400, JSON.stringify({ error: { code: 'bad', param: apiKey } })));
      await bench.token({ apiKey, onMint: (record) => void records.push(record) })(visitorRequest());
      assert.deepEqual(records[0]?.upstream, { status: 400 });
    },
  },
  {
    name: 'headers of the service stay behind',
    run: async (bench) => {
      const headers = { 'Set-Cookie': 'a=b', 'X-Request-Id': 'upstream-text', 'Access-Control-Allow-Origin': '*' };
      bench.upstream.answer(respond(201, OFFER, { ...headers, Location: '/v1/realtime/calls/rtc_1' }));
      const response = await bench.session()(offer());
      assert.equal(response.status, 201);
      assert.doesNotMatch(await responseText(response), /a=b|upstream-text|Origin: \*/);
    },
  },
];

export const upstreamCases: readonly HostileCase[] = [
  ...noSecrets,
  ...noAnswers,
  ...locations,
  ...waits,
  ...floods,
  ...retries,
  ...lies,
];
