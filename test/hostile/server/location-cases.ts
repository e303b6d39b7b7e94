import assert from 'node:assert/strict';
import { KEY, SITE } from '../../server/visitor.js';
import { respond } from '../../server/upstream-server.js';
import { CALL_ID, hangUp, offer, OPENED, signed, type HostileCase } from './bench.js';

const OTHER = 'https://partner.example';

const unknown: HostileCase[] = (
  [
    ['no query', async () => ''],
    ['an id alone', async () => `?call_id=${CALL_ID}`],
    ['an id of GPT-Live alone', async () => '?call_id=live_7f'],
    ['another id', async () => (await signed()).replace(CALL_ID, 'rtc_other')],
    ['a later expiry', async () => (await signed()).replace(/expires=\d/, 'expires=9')],
    ['an expiry beyond numbers', async () => (await signed()).replace(/expires=\d+/, 'expires=1e99')],
    ['a negative expiry', async () => (await signed()).replace('expires=', 'expires=-')],
    ['no expiry', async () => (await signed()).replace(/&call_expires=\d+/, '')],
    ['an expired signature', () => signed({ expiresInS: -1 })],
    ['a signature of another key', () => signed({}, `${KEY}2`)],
    ['a signature for another origin', () => signed({ origin: OTHER })],
    ['a signature for another visitor', () => signed({ binding: 'bob' })],
    ['a signature cut short', async () => (await signed()).slice(0, -1)],
    ['a signature that is too long', async () => `${await signed()}A`],
    ['a signature in plain base64', async () => (await signed()).replace(/signature=..../, 'signature=%2B%2F%2B%3D')],
    ['an empty signature', async () => (await signed()).replace(/signature=.*/, 'signature=')],
    ['two ids', async () => `${await signed()}&call_id=rtc_other`],
    ['two signatures', async () => `${await signed()}&call_signature=${'A'.repeat(43)}`],
    ['a signed id of GPT-Live', () => signed({ callId: 'live_7f' })],
    ['a signed id that is too long', () => signed({ callId: `rtc_${'a'.repeat(125)}` })],
    ['a signed id with a path', () => signed({ callId: 'rtc_1/../../client_secrets' })],
    ['a signed id with a query', () => signed({ callId: 'rtc_1?x' })],
    ['a signed id with a line break', () => signed({ callId: 'rtc_1\nx' })],
    ['a signed id beyond ASCII', () => signed({ callId: 'rtc_é' })],
    ['a signed client secret', () => signed({ callId: 'ek_1' })],
    ['a query of 100 kB', async () => `?call_id=rtc_${'a'.repeat(100_000)}&call_signature=${'A'.repeat(100_000)}`],
  ] as [string, () => Promise<string>][]
).map(([name, query]) => ({
  name: `${name} ends no call`,
  run: async (bench) => {
    await bench.refused(await bench.session()(hangUp(await query())), 400, 'invalid-call-id');
  },
}));

const others: HostileCase[] = [
  {
    name: 'a call of one visitor is not ended by another',
    run: async (bench) => {
      const bindTo = ({ headers }: Request): string | undefined => headers.get('Cookie') ?? undefined;
      const handler = bench.session({ bindTo });
      bench.upstream.answer(OPENED);
      const opened = await handler(offer({ headers: { Cookie: 'ann' } }));
      bench.upstream.answer(respond(200, ''));
      const location = opened.headers.get('Location')!;
      await bench.refused(await handler(hangUp(location, { Cookie: 'bob' })), 400, 'invalid-call-id');
      assert.equal((await handler(hangUp(location, { Cookie: 'ann' }))).status, 204);
    },
  },
  {
    name: 'a realtime call is not ended through the GPT-Live handler',
    run: async (bench) => {
      const handler = bench.session({ session: { type: 'live' } });
      await bench.refused(await handler(hangUp(await signed())), 400, 'invalid-call-id');
    },
  },
  {
    name: 'a hang-up that fails is sent to the service once',
    run: async (bench) => {
      bench.upstream.answer(respond(503, 'upstream-text'));
      await bench.failed(await bench.session()(hangUp(await signed())), 502, 'upstream-unavailable');
      assert.equal(bench.upstream.received.length, 1);
    },
  },
  {
    name: 'a location replayed without end is limited',
    run: async (bench) => {
      bench.upstream.answer(respond(200, ''));
      const handler = bench.session({ limiter: undefined });
      const location = await signed();
      const statuses: number[] = [];
      for (let index = 0; index < 30; index++) {
        statuses.push((await handler(hangUp(location), { address: '192.0.2.1' })).status);
      }
      assert.equal(statuses.filter((status) => status === 204).length, 10);
      assert.equal(statuses.at(-1), 429);
      assert.equal(bench.upstream.received.length, 10);
    },
  },
  {
    name: 'call_id in the visitor’s own query is replaced',
    run: async (bench) => {
      bench.upstream.answer(OPENED);
      const url = `${SITE}/api/voice-session?call_id=rtc_mine&call_signature=x&call_expires=9`;
      const location = (await bench.session()(offer({ url }))).headers.get('Location')!;
      assert.deepEqual(new URLSearchParams(location).getAll('call_id'), [CALL_ID]);
      assert.equal(new URLSearchParams(location).getAll('call_signature').length, 1);
    },
  },
];

export const locationCases: readonly HostileCase[] = [...unknown, ...others];
