import assert from 'node:assert/strict';
import { visitorRequest } from '../../server/visitor.js';
import { OFFER, offer, OPENED, type HostileCase } from './bench.js';

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array([...new TextEncoder().encode(OFFER), ...values]);
const json = { 'Content-Type': 'application/json' };

const noOffers: HostileCase[] = (
  [
    ['an empty body', '', {}],
    ['words', 'hello', {}],
    ['HTML', '<html>v=0', {}],
    ['a line break before the offer', `\r\n${OFFER}`, {}],
    ['a byte order mark before the offer', `\uFEFF${OFFER}`, {}],
    ['a byte that is no UTF-8', bytes(0xff), {}],
    ['half a UTF-8 character', bytes(0xc3), {}],
    ['an overlong UTF-8 slash', bytes(0xc0, 0xaf), {}],
    ['a surrogate in UTF-8', bytes(0xed, 0xa0, 0x80), {}],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0]), {}],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x76, 0, 0x3d, 0, 0x30, 0]), {}],
    ['half a surrogate pair in JSON', `{"sdp":"v=0\\r\\n\\ud800"}`, json],
    ['JSON that is none', '{', json],
    ['JSON null', 'null', json],
    ['a number for the offer', '{"sdp":0}', json],
    ['a list for the offer', '{"sdp":["v=0"]}', json],
    ['an offer in the prototype', '{"__proto__":{"sdp":"v=0"}}', json],
    ['an offer one level down', '{"offer":{"sdp":"v=0"}}', json],
    ['30,000 brackets', '['.repeat(30_000), json],
  ] as const
).map(([name, body, headers]) => ({
  name: `${name} is no offer`,
  run: async (bench) => {
    await bench.refused(await bench.session()(offer({ body, headers })), 400, 'invalid-offer');
  },
}));

function endless(everyMs: number): { body: ReadableStream<Uint8Array>; cancelled: Promise<void> } {
  let timer: ReturnType<typeof setInterval>;
  let cancel: () => void;
  const cancelled = new Promise<void>((resolve) => (cancel = resolve));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      timer = setInterval(() => controller.enqueue(new Uint8Array([118])), everyMs);
    },
    cancel: () => {
      clearInterval(timer);
      cancel();
    },
  });
  return { body, cancelled };
}

const sizes: HostileCase[] = [
  {
    name: 'an offer one byte too long is refused',
    run: async (bench) => {
      const body = OFFER.padEnd(65_537, 'a');
      await bench.refused(await bench.session()(offer({ body })), 413, 'body-too-large');
    },
  },
  {
    name: 'a length that says too much is believed',
    run: async (bench) => {
      const request = visitorRequest({ headers: { 'Content-Length': '999999' } });
      await bench.refused(await bench.token()(request), 413, 'body-too-large');
    },
  },
  {
    name: 'a length that says too little is not',
    run: async (bench) => {
      const request = visitorRequest({ body: 'a'.repeat(2_049), headers: { 'Content-Length': '2' } });
      await bench.refused(await bench.token()(request), 413, 'body-too-large');
    },
  },
  ...[{}, { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }].map((headers): HostileCase => ({
    name: `a body without end is cut off, and its sender told to stop${'Content-Length' in headers ? ', whatever length it tells' : ''}`,
    run: async (bench) => {
      let cancelled = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
        cancel: () => void (cancelled = true),
      });
      await bench.refused(await bench.token()(visitorRequest({ body, headers })), 413, 'body-too-large');
      assert.ok(cancelled);
    },
  })),
  {
    name: 'a body without end is cut off for authorize too',
    run: async (bench) => {
      let pulled = 0;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          pulled++;
          controller.enqueue(new Uint8Array(1_000));
        },
      });
      const response = await bench.token({ authorize: () => true })(visitorRequest({ body }));
      await bench.refused(response, 413, 'body-too-large');
      const then = pulled;
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.ok(pulled <= then + 1, `${pulled - then} more chunks were read`);
    },
  },
  ...[true, false].map((authorizes): HostileCase => ({
    name: `a body that trickles in is given up after 10 s${authorizes ? ', with authorize' : ''}`,
    waits: true,
    run: async (bench) => {
      const { body, cancelled } = endless(100);
      const startedAt = Date.now();
      const handler = bench.session(authorizes ? { authorize: () => true } : {});
      await bench.refused(await handler(offer({ body })), 408, 'body-timeout');
      assert.ok(Date.now() - startedAt < 14_000);
      await cancelled;
    },
  })),
  {
    name: 'a body that breaks off is an error, not an offer',
    run: async (bench) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(OFFER));
          controller.error(new Error('connection lost'));
        },
      });
      await bench.refused(await bench.session()(offer({ body })), 400, 'body-incomplete');
    },
  },
];

const smuggled: HostileCase[] = [
  {
    name: 'an offer cannot bring a second session along',
    run: async (bench) => {
      bench.upstream.answer(OPENED);
      const part = 'Content-Disposition: form-data; name="session"\r\n\r\n{"model":"dear"}';
      assert.equal((await bench.session()(offer({ body: `${OFFER}--form\r\n${part}\r\n--form--\r\n` }))).status, 201);
      const [sent] = bench.upstream.received;
      const form = await new Response(sent!.body, {
        headers: { 'Content-Type': sent!.headers['content-type']! },
      }).formData();
      assert.equal(form.getAll('session').length, 1);
      assert.doesNotMatch(String(form.get('session')), /dear/);
    },
  },
  {
    name: 'an offer for GPT-Live cannot leave its JSON string',
    run: async (bench) => {
      bench.upstream.answer(OPENED);
      await bench.session({ session: { type: 'live' } })(offer({ body: `${OFFER}","session":{"model":"dear"}` }));
      assert.deepEqual(JSON.parse(bench.upstream.received[0]!.body).session, {});
    },
  },
  {
    name: 'no JSON body changes a byte of what a secret is asked for',
    run: async (bench) => {
      const handler = bench.token();
      const bodies = [
        '{"session":{"model":"dear"}}',
        '{"expires_after":{"seconds":7200}}',
        '{"__proto__":{"model":"dear"}}',
        '{"baseUrl":"https://evil.example"}',
        '\u0000',
        '["a"]',
      ];
      for (const body of bodies) assert.equal((await handler(visitorRequest({ body }))).status, 200, body);
      const sent = bench.upstream.received.map(({ path, body }) => path + body);
      assert.equal(sent.length, bodies.length);
      assert.equal(new Set(sent).size, 1);
    },
  },
];

export const bodyCases: readonly HostileCase[] = [...noOffers, ...sizes, ...smuggled];
