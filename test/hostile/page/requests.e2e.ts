import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startFaultServer, type Answer, type FaultServer } from '../../support/http-faults.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS } from '../../support/shared-browsers.js';
import { forwardOffer, newSecret } from '../../e2e/support/site.js';
import { until } from '../../e2e/support/until.js';
import { openVoicePage, type VoicePage } from '../../e2e/support/voice-page.js';

const TOKEN = '/token';
const CALLS = '/calls';
const SESSION = '/session';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

for (const [name, launch] of BROWSERS) {
  describe(`in ${name}, a request`, () => {
    let browser: Browser;
    let server: FaultServer;
    let secret: string;
    before(async () => void (browser = await launch()));
    beforeEach(async () => {
      server = await startFaultServer();
      server.answer(TOKEN, issue);
      server.answer(CALLS, forwardOffer(practice.url));
      // The site's own server adds the secret.
      server.answer(SESSION, async (request) => {
        const { value } = await newSecret(practice.url);
        const body = request.body.startsWith('{') ? (JSON.parse(request.body) as { sdp: string }).sdp : request.body;
        const headers = { authorization: `Bearer ${value}`, 'content-type': 'application/sdp' };
        return forwardOffer(practice.url)({ ...request, body, headers });
      });
    });
    afterEach(() => server.close());
    const issue = async (): Promise<Answer> => {
      const body = await newSecret(practice.url);
      secret = body.value;
      return { body };
    };
    const open = (attributes: Readonly<Record<string, string>>): Promise<VoicePage> =>
      openVoicePage(browser, { attributes });
    const byToken = () => ({ 'token-url': server.url + TOKEN, 'calls-url': server.url + CALLS });
    const bySession = () => ({ 'session-url': server.url + SESSION });
    const seen = (): string[] => server.requests.map(({ method, path }) => `${method} ${path}`);
    const failWith = async (attributes: Readonly<Record<string, string>>): Promise<Failure> => {
      await using voice = await open(attributes);
      return await start(voice);
    };

    describe('that is answered with the secret leaves no trace of it', () => {
      it('in an error of the token endpoint', async () => {
        server.answer(TOKEN, { status: 500, body: { error: 'Upstream: ek_68af296e8e40 and sk-proj-1234567890.' } });
        const { message } = await failWith(byToken());
        assert.match(message, /answered 500: Upstream: \*\*\* and \*\*\*\./);
      });

      it('in an error of the calls endpoint, wherever it stands', async () => {
        for (const words of [() => `No such secret: ${secret}!`, () => 'x'.repeat(295) + secret]) {
          server.answer(CALLS, () => ({ status: 400, body: { error: { message: words() } } }));
          const failure = await failWith(byToken());
          assert.equal(failure.code, 'signaling-failed');
          assert.ok(!JSON.stringify(failure).includes(secret.slice(0, 5)), failure.message);
        }
      });

      it('in what the browser says of an SDP answer, nor in the id of the call', async () => {
        server.answer(CALLS, () => ({
          status: 201,
          body: `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=${secret} 9\r\n`,
          headers: { location: `/calls/${secret}` },
        }));
        const failure = await failWith(byToken());
        assert.ok(!JSON.stringify(failure).includes(secret), JSON.stringify(failure));
      });

      it('in a wire event, in a message of an error or in the transcript', async () => {
        await using voice = await open({ ...byToken(), muted: '' });
        await started(voice);
        const id = await voice.page.$eval('realtime-voice', ({ callId }) => callId);
        const escaped = secret.replace('_', '\\u005f');
        const words = { type: 'conversation.item.input_audio_transcription.completed', item_id: 'item_x' };
        const events = [
          { ...words, content_index: 0, transcript: `It is ${secret}.` },
          { type: 'error', error: { type: 'server_error', message: `You sent ${secret}.`, [secret]: [secret] } },
        ];
        const body = JSON.stringify(events).replace(`sent ${secret}`, `sent ${escaped}`);
        await fetch(`${practice.url}/practice/calls/${id}/events`, { method: 'POST', body });
        await until(
          'the events arrive',
          () => voice.detailsOf<string>('voice-server-event', 'type'),
          (types) => types.includes('error'),
        );
        const all = JSON.stringify([await voice.events(), await voice.transcript()]);
        assert.ok(all.includes('You sent ***.') && all.includes('It is ***.'), 'the rest is there');
        assert.ok(!all.includes(secret) && !all.includes(escaped));
      });
    });

    describe('that is redirected is refused, and what it carries is not repeated elsewhere:', () => {
      const elsewhere = '/elsewhere';
      beforeEach(() => server.answer(elsewhere, issue));

      it('the token request', async () => {
        server.answer(TOKEN, { redirect: elsewhere });
        assert.equal((await failWith(byToken())).code, 'token-failed');
        assert.deepEqual(seen(), [`POST ${TOKEN}`]);
      });

      it('the offer to the service', async () => {
        server.answer(CALLS, { status: 307, headers: { location: server.url + elsewhere } });
        const { code, message } = await failWith(byToken());
        assert.equal(code, 'signaling-failed');
        assert.match(message, /redirects/);
        assert.deepEqual(seen(), [`POST ${TOKEN}`, `POST ${CALLS}`]);
      });

      it("the offer to the site's own server", async () => {
        server.answer(SESSION, { status: 307, headers: { location: server.url + elsewhere } });
        assert.equal((await failWith(bySession())).code, 'signaling-failed');
        assert.deepEqual(seen(), [`POST ${SESSION}`]);
      });
    });

    it('does not go to an empty attribute', async () => {
      const empty = { 'session-url': '', credentials: '', 'token-method': '', 'idle-timeout': '', variant: '' };
      await using voice = await open({ ...byToken(), ...empty });
      await started(voice);
      assert.deepEqual(seen(), [`POST ${TOKEN}`, `POST ${CALLS}`]);
      const options = await voice.page.$eval('realtime-voice', ({ idleTimeout, variant }) => [idleTimeout, variant]);
      assert.deepEqual(options, [180, 'inline']);
      const { code } = await failWith({ 'token-url': '' });
      assert.equal(code, 'configuration', 'with nothing else set there is nothing to call');
    });

    it('that is answered with a Location that is no URL makes a call all the same', async () => {
      server.answer(SESSION, async () => {
        const { value } = await newSecret(practice.url);
        const headers = { authorization: `Bearer ${value}`, 'content-type': 'application/sdp' };
        const request = { ...server.requests.at(-1)!, headers };
        const answer = await forwardOffer(practice.url)(request);
        return { ...answer, headers: { ...answer.headers, location: 'https://[nowhere' } };
      });
      await using voice = await open(bySession());
      await started(voice);
      assert.equal(await voice.page.$eval('realtime-voice', ({ callId }) => callId), undefined);
      await voice.page.$eval('realtime-voice', (element) => element.stop());
      assert.deepEqual(await voice.failures(), []);
    });

    for (const [callsUrl, refused] of [
      ['http://192.0.2.1/v1/realtime/calls', true],
      ['http://localhost.example/calls', true],
      ['http://127.0.0.1.example/calls', true],
      ['ftp://127.0.0.1/calls', true],
      ['javascript:alert(1)', true],
      ['', false],
    ] as const) {
      it(`to calls_url ${JSON.stringify(callsUrl)} is ${refused ? 'refused' : 'made elsewhere'}`, async () => {
        server.answer(TOKEN, { body: { value: 'ek_1', calls_url: callsUrl } });
        server.answer(CALLS, { status: 401 });
        const attributes = byToken();
        await using voice = await open(refused ? { 'token-url': attributes['token-url'] } : attributes);
        const { code } = await start(voice);
        assert.equal(code, refused ? 'configuration' : 'token-unauthorized');
        const beyond = voice.opened.requests.filter(({ url }) => !url.startsWith('http://127.0.0.1:'));
        assert.deepEqual(beyond, []);
      });
    }

    it('may go to a calls_url on this machine', async () => {
      server.answer(TOKEN, async () => ({
        body: { ...(await newSecret(practice.url)), calls_url: server.url + CALLS },
      }));
      await using voice = await open({ 'token-url': server.url + TOKEN });
      await started(voice);
    });

    describe('gets from requestInit', () => {
      const add = (voice: VoicePage, init: object): Promise<void> =>
        voice.page.$eval(
          'realtime-voice',
          (element, init) => {
            const kinds: unknown[] = [];
            Object.assign(window, { kinds });
            element.requestInit = async (kind, signal) => {
              kinds.push([kind, signal instanceof AbortSignal]);
              return init;
            };
          },
          init,
        );
      const kinds = ({ page }: VoicePage): Promise<unknown> => page.evaluate('window.kinds');
      const init = {
        headers: { 'x-csrf-token': 'csrf', accept: 'text/html', 'content-type': 'text/html', authorization: 'mine' },
        body: '{"captcha":"solved","sdp":"mine"}',
        method: 'PUT',
        mode: 'no-cors',
        redirect: 'follow',
        credentials: 'include',
      };

      it('the headers and the body of the token request, and nothing else', async () => {
        await using voice = await open(byToken());
        await add(voice, init);
        await started(voice);
        const [token, calls] = server.requests;
        assert.deepEqual([token!.method, token!.path, token!.body], ['POST', TOKEN, init.body]);
        const { accept, authorization, 'content-type': type, 'x-csrf-token': csrf } = token!.headers;
        assert.deepEqual([accept, authorization, type, csrf], ['application/json', 'mine', 'application/json', 'csrf']);
        assert.deepEqual(
          [calls!.headers['x-csrf-token'], calls!.headers.authorization, calls!.body.slice(0, 3)],
          [undefined, `Bearer ${secret}`, 'v=0'],
          'the service gets nothing of it',
        );
        assert.deepEqual(await kinds(voice), [['token', true]]);
      });

      it("the headers and the fields beside the offer to the site's own server", async () => {
        await using voice = await open(bySession());
        await add(voice, init);
        await started(voice);
        const { method, path, headers, body } = server.requests[0]!;
        assert.deepEqual([method, path], ['POST', SESSION]);
        assert.deepEqual([headers['content-type'], headers['x-csrf-token']], ['application/json', 'csrf']);
        const { captcha, sdp } = JSON.parse(body) as Record<string, string>;
        assert.deepEqual([captcha, sdp!.slice(0, 3)], ['solved', 'v=0']);
        assert.deepEqual(await kinds(voice), [['session', true]]);
      });

      it('an error of its own, and is not made then', async () => {
        for (const [attributes, code] of [
          [byToken(), 'token-failed'],
          [bySession(), 'signaling-failed'],
        ] as const) {
          await using voice = await open(attributes);
          await voice.page.$eval('realtime-voice', (element) => {
            element.requestInit = () => {
              throw new Error('No captcha.');
            };
          });
          const failure = await start(voice);
          assert.deepEqual([failure.code, failure.cause], [code, 'Error: No captcha.']);
        }
        assert.deepEqual(seen(), []);
      });
    });
  });
}

interface Failure {
  readonly code: string | undefined;
  readonly message: string;
  readonly cause: string;
  readonly callId: string | undefined;
}

/** Starts a call without microphone, which fails. */
async function start({ page }: VoicePage): Promise<Failure> {
  return page.$eval('realtime-voice', async (element) => {
    const error: unknown = await element.start({ microphone: false }).catch((reason: unknown) => reason);
    const { code, message, cause } = Object(error) as { code?: string; message: string; cause?: unknown };
    return { code, message, cause: String(cause), callId: element.callId };
  });
}

async function started(voice: VoicePage): Promise<void> {
  const { code, message } = await start(voice);
  assert.equal(code, undefined, message);
}
