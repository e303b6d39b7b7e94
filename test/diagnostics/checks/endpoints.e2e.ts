import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { RelayedSite } from '../../e2e/support/relayed-site.js';
import { forwardOffer, issueSecret } from '../../e2e/support/site.js';
import { until } from '../../e2e/support/until.js';
import { reportFault } from '../../support/fault-report.js';
import { startFaultServer, type Answer } from '../../support/http-faults.js';
import { openPage } from '../../support/page.js';
import { startPractice, type PracticeProcess } from '../../support/practice-process.js';
import { BROWSERS, sharedChromium } from '../../support/shared-browsers.js';
import { assertNothingOpen, check, checkRoutes, found, openPanel } from '../support/checked-page.js';

const SECRET = 'ek_endpoints_test_1234567890';

let practice: PracticeProcess;
before(async () => void (practice = await startPractice()));
after(() => practice?.stop());

interface EndpointFault {
  readonly name: string;
  readonly token?: Answer;
  readonly calls?: Answer;
  readonly code: string;
  /** What the reason must say. */
  readonly reason?: RegExp;
}

const page = '<!doctype html><title>Please log in</title>';
const html = { 'content-type': 'text/html' };

const TOKEN_FAULTS: readonly EndpointFault[] = [
  {
    name: '401',
    token: { status: 401, body: { error: 'Log in.' } },
    code: 'token-unauthorized',
    reason: /401: Log in/,
  },
  { name: '404', token: { status: 404 }, code: 'token-failed', reason: /404/ },
  { name: '429', token: { status: 429 }, code: 'rate-limited', reason: /429/ },
  { name: 'HTML', token: { body: page, headers: html }, code: 'token-failed', reason: /text\/html/ },
  { name: 'an API key', token: { body: { value: 'sk-proj-1234567890' } }, code: 'configuration', reason: /API key/ },
  { name: 'nothing, ever', token: { hang: true }, code: 'token-failed', reason: /within 8 seconds/ },
  { name: 'without CORS', token: { body: { value: SECRET }, noCors: true }, code: 'no-cors' },
  { name: 'a closed connection', token: { reset: true }, code: 'token-failed', reason: /cannot be reached/ },
];

const CALLS_FAULTS: readonly EndpointFault[] = [
  { name: 'without CORS', calls: { status: 201, body: 'v=0', noCors: true }, code: 'no-cors' },
  { name: '500', calls: { status: 500 }, code: 'signaling-failed', reason: /500/ },
  {
    name: '401 and the secret that it got',
    calls: { status: 401, body: { error: { message: `Expired: ${SECRET}, from 203.0.113.7` } } },
    code: 'token-unauthorized',
    reason: /401: Expired: \*\*\*, from \*\*\*/,
  },
  { name: 'no SDP', calls: { status: 201, body: 'Hello!' }, code: 'signaling-failed', reason: /without an SDP/ },
];

describe('a check of the endpoints', { concurrency: true }, () => {
  let browser: Browser;
  before(async () => void (browser = await sharedChromium()));

  /** Runs the checks without the microphone. */
  async function run({ token, calls }: Pick<EndpointFault, 'token' | 'calls'>) {
    const server = await startFaultServer();
    try {
      server.answer('/token', token ?? { body: { value: SECRET } });
      server.answer('/calls', calls ?? forwardOffer(practice.url));
      await using opened = await openPanel(browser, {});
      const report = await check(opened.page, { tokenUrl: `${server.url}/token`, callsUrl: `${server.url}/calls` });
      await assertNothingOpen(opened);
      assert.deepEqual(opened.errors, []);
      assert.ok(!JSON.stringify(report).includes(SECRET));
      return { report, server };
    } finally {
      await server.close();
    }
  }

  for (const { name, token, code, reason } of TOKEN_FAULTS) {
    it(`says that the token endpoint answers ${name}`, async () => {
      const { report, server } = await run({ token: token! });
      const { status, code: seen, details, message } = found(report, 'token');
      assert.deepEqual([status, seen], ['failed', code], JSON.stringify(details));
      assert.match(String(details['reason'] ?? ''), reason ?? /^$/);
      assert.doesNotMatch(String(details['reason'] ?? ''), /sk-proj/);
      assert.deepEqual(report.first, found(report, 'token'));
      for (const [name, on] of [
        ['calls', 'token'],
        ['connection', 'calls'],
      ] as const) {
        const skipped = found(report, name);
        assert.deepEqual([skipped.status, skipped.code, skipped.details['on']], ['skipped', 'depends', on]);
      }
      assert.equal(server.requests.filter(({ path }) => path === '/calls').length, 0);
      fault(`the token endpoint answers ${name}`, 'HTTP, token endpoint', message);
    });
  }

  for (const { name, calls, code, reason } of CALLS_FAULTS) {
    it(`says that the calls endpoint answers ${name}`, async () => {
      const { report } = await run({ calls: calls! });
      assert.equal(found(report, 'token').status, 'passed');
      const { status, code: seen, details, message } = found(report, 'calls');
      assert.deepEqual([status, seen], ['failed', code], JSON.stringify(details));
      assert.match(String(details['reason'] ?? ''), reason ?? /^$/);
      assert.deepEqual([found(report, 'connection').code, report.first?.name], ['depends', 'calls']);
      fault(`the calls endpoint answers ${name}`, 'HTTP, calls endpoint', message);
    });
  }

  it('warns of a clock that is wrong', async () => {
    const { report } = await run({
      token: { body: { value: SECRET, expires_at: Math.floor(Date.now() / 1000) - 3600 } },
    });
    const { status, code, details } = found(report, 'token');
    assert.deepEqual([status, code], ['warning', 'clock-wrong']);
    assert.ok(Number(details['validSeconds']) < -3500, JSON.stringify(details));
    assert.notEqual(found(report, 'calls').code, 'depends');
  });

  it("says that the page's policy blocks the calls endpoint", async () => {
    const server = await startFaultServer();
    try {
      server.answer('/token', { body: { value: SECRET } });
      const headers = { 'content-security-policy': `connect-src ${server.url}` };
      await using opened = await openPanel(browser, {}, { headers });
      const report = await check(opened.page, { tokenUrl: `${server.url}/token`, callsUrl: `${practice.url}/calls` });
      const { status, code, message } = found(report, 'calls');
      assert.deepEqual([status, code], ['failed', 'blocked-by-csp']);
      fault('connect-src lacks the calls endpoint', 'page, Content-Security-Policy', message);
    } finally {
      await server.close();
    }
  });

  it('says that an endpoint of the site itself redirects', async () => {
    await using opened = await openPage(browser, {
      html: '<!doctype html><title>Page</title><script type="module" src="/checks.js"></script>',
      routes: {
        ...(await checkRoutes()),
        '/token': { status: 302, headers: { location: '/login' } },
        '/login': { body: page },
      },
    });
    const report = await check(opened.page, { tokenUrl: '/token' });
    assert.deepEqual([found(report, 'token').status, found(report, 'token').code], ['failed', 'redirected']);
    assert.equal(found(report, 'token').details['server'], 'this site');
  });

  it('says that an endpoint of the site itself redirects to another host', async () => {
    const login = await startFaultServer();
    try {
      login.answer('/login', { body: page, noCors: true });
      await using opened = await openPage(browser, {
        html: '<!doctype html><title>Page</title><script type="module" src="/checks.js"></script>',
        routes: { ...(await checkRoutes()), '/token': { status: 302, headers: { location: `${login.url}/login` } } },
      });
      assert.equal(found(await check(opened.page, { tokenUrl: '/token' }), 'token').code, 'redirected');
    } finally {
      await login.close();
    }
  });

  it('says that an address is no URL, and that there is none', async () => {
    await using opened = await openPanel(browser, {});
    const wrong = found(await check(opened.page, { tokenUrl: 'https://' }), 'token');
    assert.deepEqual([wrong.status, wrong.code], ['failed', 'configuration']);
    assert.match(String(wrong.details['reason']), /tokenUrl must be a URL/);
    const none = await check(opened.page, {});
    assert.deepEqual([found(none, 'token').status, found(none, 'token').code], ['skipped', 'not-configured']);
    assert.deepEqual([found(none, 'calls').code, none.status], ['depends', 'passed']);
    assert.equal(found(none, 'microphone').code, 'not-asked');
  });

  it('hangs up at the site that opens the sessions itself', async () => {
    const server = await startFaultServer();
    try {
      server.answer('/session', async (request) => {
        if (request.method !== 'POST') return { status: 204 };
        const secret = await issueSecret(practice.url)();
        const { value } = secret.body as { value: string };
        const headers = { ...request.headers, authorization: `Bearer ${value}` };
        const answer = await forwardOffer(practice.url)({ ...request, headers });
        return { ...answer, headers: { ...answer.headers, location: '/session?call=7' } };
      });
      await using opened = await openPanel(browser, {});
      const report = await check(opened.page, { sessionUrl: `${server.url}/session` });
      assert.deepEqual([found(report, 'token').code, found(report, 'connection').code], ['not-needed', 'ok']);
      // The request to end the call arrives after the report.
      const requests = await until(
        'the call is ended',
        async () => server.requests.map(({ method, query }) => method + query),
        ({ length }) => length > 1,
      );
      assert.deepEqual(requests, ['POST', 'DELETE?call=7']);
    } finally {
      await server.close();
    }
  });

  for (const [name, launch] of BROWSERS) {
    it(`in ${name} says that UDP is blocked`, async () => {
      await using site = await RelayedSite.open(practice.url);
      site.relay.blackout(true);
      await using opened = await openPanel(await launch(), {});
      const report = await check(opened.page, {
        tokenUrl: `${site.server.url}/token`,
        callsUrl: `${site.server.url}/calls`,
      });
      const { status, code, message } = found(report, 'connection');
      assert.deepEqual([found(report, 'calls').status, status, code], ['passed', 'failed', 'connection-failed']);
      assert.ok(site.relay.packets.up.arrived > 0, 'the browser tried');
      await assertNothingOpen(opened);
      fault('the network drops all UDP packets', 'UDP relay', message, name);
    });
  }

  it('measures the round trip of the call', async () => {
    await using site = await RelayedSite.open(practice.url);
    site.relay.delay(80);
    await using opened = await openPanel(browser, {});
    const report = await check(opened.page, {
      tokenUrl: `${site.server.url}/token`,
      callsUrl: `${site.server.url}/calls`,
    });
    const { code, details } = found(report, 'connection');
    assert.equal(code, 'ok');
    assert.ok(Number(details['roundTripMs']) >= 160, JSON.stringify(details));
  });
});

function fault(name: string, injected: string, seen: string, browser = 'Chromium'): void {
  const told = 'the report of the diagnostics';
  reportFault({
    fault: `diagnostics: ${name}`,
    injected,
    browser,
    seen,
    told,
    kept: 'nothing',
    recovered: 'run again',
  });
}
