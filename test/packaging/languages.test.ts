import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  CLOSE_CONNECTION,
  respond,
  SECRET_ANSWER,
  startUpstream,
  type UpstreamServer,
} from '../server/upstream-server.js';
import { GO, PHP, PYTHON, withProgram } from '../support/language-programs.js';
import { startPractice, type PracticeProcess } from '../support/practice-process.js';
import { ask, FOLDER, KEY, RECIPES, SITE, startRecipe, type Asked, type Seen } from './language-recipe.js';

for (const recipe of RECIPES) {
  const { language } = recipe;
  describe(`the recipe in ${language.name}`, () => {
    let practice: PracticeProcess;
    let upstream: UpstreamServer;
    let folder: string;
    const texts: string[] = [];
    before(async () => {
      [practice, upstream] = await Promise.all([startPractice(['--api-key', KEY]), startUpstream()]);
      folder = mkdtempSync(join(tmpdir(), 'realtime-voice-language-'));
    });
    after(async () => {
      await practice?.stop();
      await upstream?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Runs the recipe while it is asked. */
    async function run(
      service: string,
      use: (ask: (asked?: Asked) => Promise<Seen>, url: string) => Promise<void>,
      env: Readonly<Record<string, string>> = {},
    ): Promise<void> {
      const server = await startRecipe(recipe, { service, folder, env });
      try {
        await use(async (asked) => {
          const seen = await ask(server.url, asked);
          texts.push(JSON.stringify(seen));
          return seen;
        }, server.url);
        assert.doesNotMatch(server.output(), /sk-(the|another)/, 'the key is not in the log');
      } finally {
        await server.stop();
      }
    }

    it(
      'gives a client secret that the service has issued to pages of the site, and to no others',
      withProgram(language, () =>
        run(practice.url, async (ask) => {
          const { status, headers, text } = await ask();
          assert.equal(status, 200, text);
          const { value, expires_at: expires, ...rest } = JSON.parse(text) as Record<string, unknown>;
          assert.match(String(value), /^ek_/);
          assert.ok(Number(expires) > Date.now() / 1000);
          assert.deepEqual(rest, { calls_url: `${practice.url}/v1/realtime/calls` });
          assert.equal(headers['access-control-allow-origin'], SITE);
          for (const [what, wanted, code, asked] of [
            ['another origin', 403, 'origin-not-allowed', { headers: { origin: 'https://evil.example' } }],
            [
              'an origin that begins like the site',
              403,
              'origin-not-allowed',
              { headers: { origin: `${SITE}.evil.example` } },
            ],
            ['no origin', 403, 'origin-not-allowed', { headers: { origin: undefined } }],
            ['a form', 415, 'unsupported-media-type', { headers: { 'content-type': 'text/plain' } }],
            ['GET', 405, 'method-not-allowed', { method: 'GET' }],
          ] as const) {
            const refused = await ask(asked);
            assert.deepEqual([refused.status, refused.code], [wanted, code], what);
            assert.equal(refused.headers['cache-control'], 'no-store', what);
            if (wanted === 403) assert.equal(refused.headers['access-control-allow-origin'], undefined, what);
          }
          const preflight = await ask({ method: 'OPTIONS' });
          assert.deepEqual(
            [
              preflight.status,
              preflight.headers['access-control-allow-origin'],
              preflight.headers['access-control-allow-headers'],
            ],
            [204, SITE, 'Content-Type'],
          );
        }),
      ),
    );

    it(
      'says that the service refuses its key, and does not say the key',
      withProgram(language, () =>
        run(
          practice.url,
          async (ask) => {
            const { status, code } = await ask();
            assert.deepEqual([status, code], [502, 'upstream-unauthorized']);
          },
          { OPENAI_API_KEY: 'sk-another-key-of-the-site' },
        ),
      ),
    );

    it(
      'turns what the service does into typed errors, without its texts, and follows no redirect',
      withProgram(language, () =>
        run(upstream.url, async (ask) => {
          const quoting = JSON.stringify({ error: { message: `Incorrect key ${KEY}` } });
          for (const [answer, wanted, code] of [
            [respond(500, quoting), 502, 'upstream-unavailable'],
            [respond(400, quoting), 502, 'upstream-rejected'],
            [respond(302, '', { Location: `${practice.url}/v1/realtime/client_secrets` }), 502, 'upstream-rejected'],
            [respond(200, 'no JSON'), 502, 'upstream-invalid'],
            [respond(200, '[]'), 502, 'upstream-invalid'],
            [respond(200, JSON.stringify({ value: KEY })), 502, 'upstream-invalid'],
            [CLOSE_CONNECTION, 502, 'upstream-unreachable'],
          ] as const) {
            upstream.answer(answer);
            const seen = await ask();
            assert.deepEqual([seen.status, seen.code], [wanted, code], `${code}: ${seen.text}`);
          }
          upstream.answer(respond(429, quoting, { 'Retry-After': '7' }));
          const busy = await ask({ from: '127.0.0.3' });
          assert.deepEqual([busy.status, busy.code, busy.headers['retry-after']], [429, 'rate-limited', '7']);
          // As in `src/server/upstream.ts`: up to six digits, and no other text of the service.
          for (const wait of ['soon', `7 ${KEY}`, '-1', '1.5', '1234567', 'Wed, 21 Oct 2026 07:28:00 GMT', '']) {
            upstream.answer(respond(429, quoting, { 'Retry-After': wait }));
            const odd = await ask({ from: '127.0.0.4' });
            assert.deepEqual([odd.status, odd.headers['retry-after']], [429, '60'], wait);
          }
        }),
      ),
    );

    it(
      'allows 10 requests a minute from an address, whatever headers say, and sends the service a fixed session',
      withProgram(language, () =>
        run(upstream.url, async (ask) => {
          upstream.answer(SECRET_ANSWER);
          const forged = (index: number) => ({
            'x-forwarded-for': `198.51.100.${index}`,
            forwarded: `for=198.51.100.${index}`,
          });
          const all: Seen[] = [];
          // A new minute may begin meanwhile: two have 20 at most.
          for (let index = 0; index < 21; index++) all.push(await ask({ from: '127.0.0.5', headers: forged(index) }));
          const allowed = all.filter(({ status }) => status === 200).length;
          assert.ok(allowed >= 10 && allowed <= 20, `${allowed} were allowed`);
          const refused = all.find(({ status }) => status === 429)!;
          assert.equal(refused.code, 'rate-limited');
          const seconds = Number(refused.headers['retry-after']);
          assert.ok(seconds >= 1 && seconds <= 60, `${seconds} s`);
          assert.equal((await ask({ from: '127.0.0.6' })).status, 200, 'another visitor');
          const [first] = upstream.received;
          assert.equal(first!.headers.authorization, `Bearer ${KEY}`);
          const { session, expires_after: expires } = JSON.parse(first!.body) as Record<string, { type?: string }>;
          assert.deepEqual([session!.type, expires], ['realtime', { anchor: 'created_at', seconds: 60 }]);
        }),
      ),
    );

    for (const [index, origins] of [`${SITE},`, `,${SITE}`, ` , ${SITE}, ,`].entries()) {
      it(
        `lets no request without an origin pass if VOICE_ORIGINS is "${origins}"`,
        withProgram(language, () =>
          run(
            practice.url,
            async (ask) => {
              for (const origin of [undefined, '', ' ']) {
                const { status, code } = await ask({ headers: { origin } });
                assert.deepEqual([status, code], [403, 'origin-not-allowed'], `origin: ${origin}`);
              }
              assert.equal((await ask({ from: `127.0.0.${10 + index}` })).status, 200);
            },
            { VOICE_ORIGINS: origins },
          ),
        ),
      );
    }

    if (language === PHP)
      it(
        'says in its own form that it cannot count, and tells neither the key nor a path',
        withProgram(language, () =>
          run(
            practice.url,
            async (ask) => {
              const seen = await ask();
              assert.deepEqual([seen.status, seen.code], [500, 'internal'], seen.text);
              assert.equal(seen.headers['content-type'], 'application/json');
              assert.doesNotMatch(seen.text, /sk-|\/|\.php/);
            },
            { TMPDIR: join(folder, 'missing') },
          ),
        ),
      );

    // Rack's server has such a limit of 30 seconds; in PHP the web server has it.
    if (language === GO || language === PYTHON)
      it(
        'closes a connection whose request does not arrive',
        withProgram(language, () =>
          run(practice.url, async (ask, url) => {
            const socket = connect(Number(new URL(url).port), '127.0.0.1').resume();
            socket.write('POST /api/voice-token HTTP/1.1\r\nHost: ');
            await once(socket, 'close', { signal: AbortSignal.timeout(15_000) });
            assert.equal((await ask()).status, 200);
          }),
        ),
      );

    it(
      'has told nobody the key',
      withProgram(language, async () => {
        assert.ok(texts.length > 25, `only ${texts.length} answers were seen`);
        assert.deepEqual(
          texts.filter((text) => /sk-(the|another)/.test(text)),
          [],
        );
      }),
    );
  });
}

it('every recipe in another language is tested here', () => {
  const others = readdirSync(FOLDER).filter((name) => !name.endsWith('.js'));
  assert.deepEqual(others.sort(), RECIPES.map(({ file }) => file).sort());
});
