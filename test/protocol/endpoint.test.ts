import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  callIdFrom,
  callsUrlOf,
  channelPlan,
  DEFAULT_CALLS_URL,
  offerUrl,
} from '../../src/protocol/realtime-endpoint.js';

const AGREED = [
  DEFAULT_CALLS_URL,
  'https://eu.api.openai.com/v1/realtime/calls',
  'HTTPS://API.OPENAI.COM/v1/realtime/calls',
  'https://api.openai.com:443/x',
  'https://us.api.openai.com?x=1',
];
const ANNOUNCED = [
  '/api/call',
  'calls',
  '',
  'http://api.openai.com/v1/realtime/calls',
  'https://openai.com/v1/realtime/calls',
  'https://evil-api.openai.com.example/x',
  'https://api.openai.com.example/v1/realtime/calls',
  'https://api.openai.com@example.com/x',
  'https://xapi.openai.com/x',
  'https://res.openai.azure.com/openai/v1/realtime/calls',
];

describe('the event channel', () => {
  for (const url of AGREED) {
    it(`is agreed beforehand with ${url}`, () => {
      const plan = channelPlan(url);
      assert.deepEqual([plan.negotiated, typeof plan.id], [true, 'number']);
      assert.equal(new URL(offerUrl(url, plan)).searchParams.get('dcid'), String(plan.id));
    });
  }

  for (const url of ANNOUNCED) {
    it(`is announced to ${url || 'nowhere'}, whose address stays as it is`, () => {
      const plan = channelPlan(url);
      assert.deepEqual([plan.negotiated, plan.id], [false, undefined]);
      assert.equal(offerUrl(url, plan), url);
    });

    it(`is agreed beforehand with ${url || 'nowhere'} where the token says so`, () => {
      const plan = channelPlan(url, true);
      assert.deepEqual([plan.negotiated, typeof plan.id], [true, 'number']);
      const { origin, pathname } = new URL(url, 'https://page.example');
      const sent = new URL(offerUrl(url, plan), 'https://page.example');
      assert.deepEqual([sent.origin, sent.pathname, sent.search], [origin, pathname, `?dcid=${plan.id}`]);
    });
  }

  it('keeps the other parameters of the query', () => {
    const url = new URL(offerUrl('https://api.openai.com/v1/realtime/calls?a=b', channelPlan(DEFAULT_CALLS_URL)));
    assert.equal(url.searchParams.get('a'), 'b');
    assert.equal(offerUrl('/calls?a=b#c', channelPlan('', true)), '/calls?a=b&dcid=4');
  });
});

describe('the id of a call', () => {
  const TABLE: [string | null, string | undefined][] = [
    ['/v1/realtime/calls/rtc_1', 'rtc_1'],
    ['https://api.openai.com/v1/realtime/calls/rtc_1', 'rtc_1'],
    ['/v1/realtime/calls/rtc_1/', 'rtc_1'],
    ['/v1/realtime/calls/rtc_1?x=1#y', 'rtc_1'],
    ['/openai/v1/realtime/calls?call_id=rtc_1', 'rtc_1'],
    ['/openai/v1/realtime/calls?a=b&call_id=rtc_1&c=d', 'rtc_1'],
    [null, undefined],
    ['', undefined],
    ['/', undefined],
    ['?', undefined],
  ];
  for (const [location, id] of TABLE) it(`of ${location} is ${id}`, () => assert.equal(callIdFrom(location), id));
});

it('the offer goes to the first address that is set: of the page, of its token endpoint, of the service', () => {
  const [sessionUrl, callsUrl, secret] = ['/session', '/calls', { callsUrl: '/told' }];
  assert.equal(callsUrlOf({ sessionUrl, callsUrl }, secret), '/session');
  assert.equal(callsUrlOf({ sessionUrl: '', callsUrl }, secret), '/calls');
  assert.equal(callsUrlOf({}, secret), '/told');
  assert.equal(callsUrlOf({}, { callsUrl: undefined }), DEFAULT_CALLS_URL);
});
