import assert from 'node:assert/strict';
import type { HandlerOptions } from '../../../src/server/index.js';
import { CLOSE_CONNECTION, NO_ANSWER, respond, type Answer } from '../../server/upstream-server.js';
import { HUMAN_SECRET, HUMAN_TOKEN, refusedBecause, startVerifier, verified } from '../../server/verifier-server.js';
import { visitorRequest } from '../../server/visitor.js';
import { offer, OPENED, type Bench, type HostileCase } from './bench.js';

type Run = (bench: Bench, human: Pick<HandlerOptions, 'verifyHuman'>, asked: () => number) => Promise<void>;

/** A case with a captcha service of its own, which answers as given. */
function humanCase(name: string, answers: readonly Answer[], run: Run, more: { waits?: true } = {}): HostileCase {
  return {
    name,
    ...more,
    run: async (bench) => {
      const verifier = await startVerifier();
      verifier.answer(...answers);
      try {
        const verifyHuman = { secretKey: HUMAN_SECRET, url: `${verifier.url}/siteverify` };
        await run(bench, { verifyHuman }, () => verifier.received.length);
      } finally {
        await verifier.close();
      }
    },
  };
}

const withToken = (token: string | undefined, body = '{}') =>
  visitorRequest({ body, headers: { 'X-Human-Token': token } });
const offerWith = (token: string | undefined) => offer({ headers: { 'X-Human-Token': token } });

const badTokens: HostileCase[] = (
  [
    ['no captcha token', undefined],
    ['an empty captcha token', ''],
    ['a captcha token with a space', 'a b'],
    ['a captcha token beyond ASCII', 'caf\u00e9'],
    ['two captcha tokens', `${HUMAN_TOKEN}, ${HUMAN_TOKEN}`],
    ['a captcha token of 8,193 characters', 'a'.repeat(8_193)],
    ['a captcha token of 1 MB', 'a'.repeat(1_000_000)],
  ] as const
).map(([name, token]) =>
  humanCase(`${name} lets nobody in and costs no question`, [verified()], async (bench, human, asked) => {
    await bench.refused(await bench.token(human)(withToken(token)), 403, 'human-unverified');
    await bench.refused(await bench.session(human)(offerWith(token)), 403, 'human-unverified');
    assert.equal(asked(), 0);
  }),
);

const elsewhere: HostileCase[] = (['body', 'query'] as const).map((place) =>
  humanCase(`a captcha token in the ${place} does not count`, [verified()], async (bench, human, asked) => {
    const request = visitorRequest({
      ...(place === 'body' && { body: JSON.stringify({ 'X-Human-Token': HUMAN_TOKEN }) }),
      ...(place === 'query' && { url: `https://shop.example/api/voice-token?X-Human-Token=${HUMAN_TOKEN}` }),
    });
    await bench.refused(await bench.token(human)(request), 403, 'human-unverified');
    assert.equal(asked(), 0);
  }),
);

const reused: HostileCase[] = [
  humanCase('a captcha token is good for one secret', [verified()], async (bench, human, asked) => {
    const handler = bench.token(human);
    assert.equal((await handler(withToken(HUMAN_TOKEN))).status, 200);
    bench.upstream.received.length = 0;
    await bench.refused(await handler(withToken(HUMAN_TOKEN)), 403, 'human-unverified');
    assert.equal(asked(), 1);
  }),
  humanCase('of 20 requests at once with one captcha token one passes', [verified()], async (bench, human, asked) => {
    bench.upstream.answer(OPENED);
    const handler = bench.session(human);
    const responses = await Promise.all(Array.from({ length: 20 }, () => handler(offerWith(HUMAN_TOKEN))));
    assert.equal(responses.filter(({ status }) => status === 201).length, 1);
    assert.equal(responses.filter(({ status }) => status === 403).length, 19);
    assert.equal(asked(), 1);
  }),
  humanCase('a captcha token that was refused is not tried again', [refusedBecause()], async (bench, human, asked) => {
    const handler = bench.token(human);
    for (let index = 0; index < 3; index++) {
      await bench.refused(await handler(withToken(HUMAN_TOKEN)), 403, 'human-unverified');
    }
    assert.equal(asked(), 1);
  }),
  humanCase('a request that the limiter refuses spends no token', [verified()], async (bench, human, asked) => {
    const response = await bench.token({ ...human, limiter: () => ({ allowed: false }) })(withToken(HUMAN_TOKEN));
    await bench.refused(response, 429, 'rate-limited');
    assert.equal(asked(), 0);
  }),
  humanCase('a body that is too long spends no token', [verified()], async (bench, human, asked) => {
    const response = await bench.token(human)(withToken(HUMAN_TOKEN, 'a'.repeat(9_000)));
    await bench.refused(response, 413, 'body-too-large');
    assert.equal(asked(), 0);
  }),
];

const verdicts: HostileCase[] = (
  [
    ['refuses', refusedBecause('invalid-input-response'), 403, 'human-unverified'],
    ['has seen the token before', refusedBecause('timeout-or-duplicate'), 403, 'human-unverified'],
    ['refuses without a reason', respond(200, '{"success":false}'), 403, 'human-unverified'],
    [
      'refuses with garbage for reasons',
      respond(200, '{"success":false,"error-codes":{"a":1}}'),
      403,
      'human-unverified',
    ],
    ['does not know our key', refusedBecause('invalid-input-secret'), 503, 'human-check-unavailable'],
    ['has no key from us', refusedBecause('missing-input-secret'), 503, 'human-check-unavailable'],
    ['has a problem', refusedBecause('internal-error'), 503, 'human-check-unavailable'],
    ['answers 400 with its reason', respond(400, '{"success":false,"error-codes":["bad-request"]}'), 503],
    ['answers 400 and success', respond(400, '{"success":true}'), 503],
    ['answers 500', respond(500, 'upstream-text'), 503],
    ['answers 500 and success', respond(500, '{"success":true}'), 503],
    ['answers HTML', respond(200, '<html>sign in'), 503],
    ['answers nothing', respond(200, ''), 503],
    ['answers null', respond(200, 'null'), 503],
    ['answers a list', respond(200, '[{"success":true}]'), 503],
    ['says "true" as a text', respond(200, '{"success":"true"}'), 503],
    ['says 1', respond(200, '{"success":1}'), 503],
    ['answers 100 kB', respond(200, `{"success":true,"a":"${'a'.repeat(100_000)}"}`), 503],
    ['breaks off', CLOSE_CONNECTION, 503],
    ['redirects', respond(302, '', { Location: 'https://evil.example/siteverify' }), 503],
    ['redirects and keeps the method', respond(307, '{"success":true}', { Location: '/siteverify' }), 503],
  ] as [string, Answer, number, string?][]
).map(([name, answer, status, code = 'human-check-unavailable']) =>
  humanCase(`a captcha service that ${name} lets nobody in`, [answer], async (bench, human, asked) => {
    await bench.refused(await bench.token(human)(withToken(HUMAN_TOKEN)), status, code);
    assert.equal(asked(), 1, 'it is asked once');
    await bench.refused(await bench.session(human)(offerWith(HUMAN_TOKEN)), status, code);
  }),
);

const slow: HostileCase[] = (
  [
    ['never answers', NO_ANSWER],
    [
      'never ends its answer',
      (response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"success":true'),
    ],
  ] as [string, Answer][]
).map(([name, answer]) =>
  humanCase(
    `a captcha service that ${name} is given up after 3 s`,
    [answer],
    async (bench, human) => {
      const startedAt = Date.now();
      await bench.refused(await bench.token(human)(withToken(HUMAN_TOKEN)), 503, 'human-check-unavailable');
      const seconds = (Date.now() - startedAt) / 1000;
      assert.ok(seconds >= 2.9 && seconds < 5, `${seconds} s`);
    },
    { waits: true },
  ),
);

const gone: HostileCase = {
  name: 'a captcha service that is not there lets nobody in',
  run: async (bench) => {
    const verifier = await startVerifier();
    await verifier.close();
    const verifyHuman = { secretKey: HUMAN_SECRET, url: verifier.url };
    await bench.refused(await bench.token({ verifyHuman })(withToken(HUMAN_TOKEN)), 503, 'human-check-unavailable');
  },
};

export const humanCases: readonly HostileCase[] = [...badTokens, ...elsewhere, ...reused, ...verdicts, ...slow, gone];
