import assert from 'node:assert/strict';
import type { HandlerOptions } from '../../../src/server/index.js';
import { visitorRequest, readError, KEY } from '../../server/visitor.js';
import { CALL_ID, hangUp, offer, OPENED, signed, type Bench, type HostileCase } from './bench.js';

const secret = new Error('database password hunter2');
const never = (): Promise<never> => new Promise(() => undefined);
const fail = (): Promise<never> => Promise.reject(secret);
const fails = (): never => {
  throw secret;
};

/** Functions of the site that decide whether and for whom the service is asked. */
const DECIDING = ['limiter', 'authorize', 'safetyIdentifier', 'clientAddress', 'bindTo'] as const;
const with_ = (name: string, hook: unknown): Partial<HandlerOptions> => ({ [name]: hook });

const failing: HostileCase[] = DECIDING.flatMap((name) => [
  {
    name: `${name} that throws lets nobody in`,
    run: async (bench) => {
      for (const hook of [fail, fails]) {
        await bench.refused(await bench.session(with_(name, hook))(offer()), 500, 'internal');
      }
      bench.logged(/hunter2/);
    },
  },
  {
    name: `${name} that hangs is given up after 5 s`,
    waits: true,
    run: async (bench) => {
      const startedAt = Date.now();
      await bench.refused(await bench.session(with_(name, never))(offer()), 500, 'internal');
      const seconds = (Date.now() - startedAt) / 1000;
      assert.ok(seconds >= 4.9 && seconds < 8, `${seconds} s`);
      bench.logged(new RegExp(`${name} did not settle within 5 s`));
    },
  },
  {
    name: `${name} that throws ends no call`,
    run: async (bench) => {
      await bench.refused(await bench.session(with_(name, fail))(hangUp(await signed())), 500, 'internal');
    },
  },
]);

const verdicts: HostileCase[] = [
  ...[undefined, null, false, true, 'yes', 1, {}, [], { allowed: 'true' }, { allowed: 1 }, { allowed: false }].map(
    (verdict): HostileCase => ({
      name: `the limiter's ${JSON.stringify(verdict) ?? 'undefined'} lets nobody in`,
      run: async (bench) => {
        const response = await bench.token(with_('limiter', () => verdict))(visitorRequest());
        await bench.refused(response, 429, 'rate-limited');
        assert.equal(response.headers.get('Retry-After'), '60');
      },
    }),
  ),
  ...(
    [
      [NaN, '60'],
      [-5, '1'],
      [Infinity, '86400'],
      ['5\r\nX-Evil: 1', '60'],
      [11.2, '12'],
    ] as const
  ).map(([seconds, header]): HostileCase => ({
    name: `a limiter's wait of ${JSON.stringify(seconds)} (${String(seconds).length} characters) becomes ${header} s`,
    run: async (bench) => {
      const limiter = () => ({ allowed: false, retryAfterSeconds: seconds as number });
      const response = await bench.token({ limiter })(visitorRequest());
      await bench.refused(response, 429, 'rate-limited');
      assert.equal(response.headers.get('Retry-After'), header);
    },
  })),
  ...[undefined, null, false, 'true', 1, {}, [true]].map((verdict): HostileCase => ({
    name: `authorize's ${JSON.stringify(verdict) ?? 'undefined'} lets nobody in`,
    run: async (bench) => {
      await bench.refused(await bench.token(with_('authorize', () => verdict))(visitorRequest()), 401, 'unauthorized');
    },
  })),
  {
    name: 'a broken response of authorize lets nobody in',
    run: async (bench) => {
      const used = new Response('hunter2');
      await used.text();
      for (const own of [Response.error(), used]) {
        await bench.refused(await bench.token({ authorize: () => own })(visitorRequest()), 500, 'internal');
      }
    },
  },
  ...(
    [
      ['safetyIdentifier', 7],
      ['safetyIdentifier', {}],
      ['safetyIdentifier', 'two\nlines'],
      ['bindTo', 7],
      ['bindTo', true],
    ] as const
  ).map(([name, value]): HostileCase => ({
    name: `${name} that returns ${JSON.stringify(value)} lets nobody in`,
    run: async (bench) => {
      await bench.refused(await bench.session(with_(name, () => value))(offer()), 500, 'internal');
    },
  })),
];

async function served(bench: Bench, options: Partial<HandlerOptions>): Promise<void> {
  bench.upstream.answer(OPENED);
  const startedAt = Date.now();
  const response = await bench.session(options)(offer());
  assert.equal(response.status, 201);
  assert.match(response.headers.get('Location') ?? '', new RegExp(`call_id=${CALL_ID}`));
  assert.ok(Date.now() - startedAt < 4_500);
}

const audits: HostileCase[] = [
  {
    name: 'onMint that throws costs no answer',
    run: async (bench) => {
      await served(bench, { onMint: fail });
      await served(bench, { onMint: fails });
      bench.logged(/hunter2/);
    },
  },
  {
    name: 'onMint that hangs costs no answer',
    waits: true,
    run: async (bench) => {
      await served(bench, { onMint: never });
      bench.logged(/onMint did not settle within 1 s/);
    },
  },
  {
    name: 'onRefuse that throws or hangs opens no door',
    waits: true,
    run: async (bench) => {
      for (const onRefuse of [fail, fails, never]) {
        await bench.refused(
          await bench.token({ onRefuse })(visitorRequest({ method: 'GET' })),
          405,
          'method-not-allowed',
        );
      }
    },
  },
  {
    name: 'every refusal is audited once, without key or secret',
    run: async (bench) => {
      const records: unknown[] = [];
      const onRefuse = (record: unknown): void => void records.push(record);
      const refusals = [
        [{}, offer({ method: 'GET' })],
        [{}, offer({ headers: { Origin: 'null' } })],
        [{}, offer({ headers: { 'Content-Type': 'text/plain' } })],
        [{}, offer({ body: 'hello' })],
        [{}, offer({ body: 'a'.repeat(70_000) })],
        [{}, hangUp('?call_id=rtc_1')],
        [{ limiter: () => ({ allowed: false }) }, offer()],
        [{ authorize: () => false }, offer()],
        [{ authorize: () => new Response('no', { status: 418 }) }, offer()],
        [{ authorize: fails }, offer()],
      ] as const;
      const seen: unknown[] = [];
      for (const [options, request] of refusals) {
        const response = await bench.session({ onRefuse, ...options })(request);
        const own = response.status === 418;
        seen.push({ status: response.status, code: own ? 'unauthorized' : (await readError(response)).code });
      }
      assert.deepEqual(records, seen);
      assert.deepEqual(
        seen.map((each) => (each as { status: number }).status),
        [405, 403, 415, 400, 413, 400, 429, 401, 418, 500],
      );
      assert.ok(!JSON.stringify(records).includes(KEY));
    },
  },
];

export const hookCases: readonly HostileCase[] = [...failing, ...verdicts, ...audits];
