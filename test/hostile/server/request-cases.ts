import assert from 'node:assert/strict';
import { visitorRequest, SITE } from '../../server/visitor.js';
import { offer, OPENED, type HostileCase } from './bench.js';

const PARTNER = 'https://partner.example';

const methods: HostileCase[] = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'patch', 'PROPFIND', 'POSTX'].map(
  (method) => ({
    name: `the method ${method} mints nothing`,
    run: async (bench) => {
      const response = await bench.token()(visitorRequest({ method }));
      await bench.refused(response, 405, 'method-not-allowed');
      assert.equal(response.headers.get('Allow'), 'POST, OPTIONS');
    },
  }),
);

const origins: HostileCase[] = (
  [
    ['no origin and no browser', { Origin: undefined, 'Sec-Fetch-Site': undefined }],
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site without Sec-Fetch-Site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': undefined }],
    ['the null origin of a sandbox', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
    ['a subdomain', { Origin: 'https://blog.shop.example', 'Sec-Fetch-Site': 'same-site' }],
    ['a longer name', { Origin: 'https://shop.example.evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another port', { Origin: 'https://shop.example:8443', 'Sec-Fetch-Site': 'same-site' }],
    ['plain http', { Origin: 'http://shop.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['two origins', { Origin: `${SITE}, ${PARTNER}`, 'Sec-Fetch-Site': 'cross-site' }],
    ['credentials in the origin', { Origin: 'https://user:pass@shop.example', 'Sec-Fetch-Site': undefined }],
    ['a word for an origin', { Origin: '*', 'Sec-Fetch-Site': undefined }],
    ['a typed address', { Origin: undefined, 'Sec-Fetch-Site': 'none' }],
  ] as const
).map(([name, headers]) => ({
  name: `${name} gets nothing, not even by preflight`,
  run: async (bench) => {
    const handler = bench.session({ allowedOrigins: [PARTNER] });
    for (const method of ['POST', 'OPTIONS', 'DELETE']) {
      const response = await handler(visitorRequest({ method, headers }));
      await bench.refused(response, 403, 'origin-not-allowed');
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
    }
  },
}));

const rebinding: HostileCase[] = [
  {
    name: 'a name that was made to resolve to the server is not the own origin when publicOrigin is set',
    run: async (bench) => {
      const evil = { url: 'http://evil.example/api/voice-token', headers: { Origin: 'http://evil.example' } };
      assert.equal((await bench.token()(visitorRequest(evil))).status, 200, 'the attack itself does not work');
      bench.upstream.received.length = 0;
      for (const allowedOrigins of [[], [PARTNER]]) {
        const handler = bench.token({ publicOrigin: SITE, allowedOrigins });
        await bench.refused(await handler(visitorRequest(evil)), 403, 'origin-not-allowed');
      }
    },
  },
  {
    name: 'with publicOrigin the browser has to name the origin',
    run: async (bench) => {
      const request = visitorRequest({ headers: { Origin: undefined } });
      await bench.refused(await bench.token({ publicOrigin: SITE })(request), 403, 'origin-not-allowed');
    },
  },
  {
    name: 'with publicOrigin the site is admitted behind any proxy and under any Host',
    run: async (bench) => {
      const handler = bench.token({ publicOrigin: `${SITE}/`, allowedOrigins: [PARTNER] });
      const url = 'http://10.0.0.7:3000/api/voice-token';
      assert.equal((await handler(visitorRequest({ url }))).status, 200);
      const partner = { Origin: PARTNER, 'Sec-Fetch-Site': 'cross-site' };
      assert.equal((await handler(visitorRequest({ url, headers: partner }))).status, 200);
      bench.upstream.received.length = 0;
      const framed = visitorRequest({ url, headers: { 'Sec-Fetch-Site': 'cross-site' } });
      await bench.refused(await handler(framed), 403, 'origin-not-allowed');
    },
  },
];

const headers: HostileCase[] = [
  ...[undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp'].map(
    (type): HostileCase => ({
      name: `the type ${type ?? 'none'}, which forms can send, is refused`,
      run: async (bench) => {
        const body = new Uint8Array([123, 125]);
        const request = visitorRequest({ body, headers: { 'Content-Type': type } });
        await bench.refused(await bench.token()(request), 415, 'unsupported-media-type');
      },
    }),
  ),
  {
    name: 'headers and query of the visitor do not reach the service',
    run: async (bench) => {
      bench.upstream.answer(OPENED);
      const spoof = {
        Authorization: 'Bearer x',
        Cookie: 'a=b',
        'OpenAI-Safety-Identifier': 'me',
        'OpenAI-Project': 'x',
        'X-Forwarded-Host': 'evil.example',
        'Content-Encoding': 'gzip',
      };
      const response = await bench.session()(offer({ url: `${SITE}/v?model=dear`, headers: spoof }));
      assert.equal(response.status, 201);
      const sent = JSON.stringify(bench.upstream.received);
      assert.doesNotMatch(sent, /Bearer x|a=b|"me"|evil|dear|openai-project/i);
    },
  },
  {
    name: 'a preflight cannot ask for headers that are not listed',
    run: async (bench) => {
      const preflight = visitorRequest({
        method: 'OPTIONS',
        headers: {
          Origin: PARTNER,
          'Sec-Fetch-Site': 'cross-site',
          'Content-Type': undefined,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization, x-csrf-token',
        },
      });
      const allowed = async (allowedHeaders?: string[]): Promise<string | null> => {
        const handler = bench.token({ allowedOrigins: [PARTNER], ...(allowedHeaders && { allowedHeaders }) });
        return (await handler(preflight)).headers.get('Access-Control-Allow-Headers');
      };
      assert.equal(await allowed(), 'Content-Type');
      assert.equal(await allowed(['X-CSRF-Token']), 'Content-Type, X-CSRF-Token');
    },
  },
];

export const requestCases: readonly HostileCase[] = [...methods, ...origins, ...rebinding, ...headers];
