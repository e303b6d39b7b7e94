import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutPrivate } from '../../src/diagnostics/private-text.js';

describe('a text in a report has no', () => {
  const cases: Readonly<Record<string, readonly [text: string, clean: string]>> = {
    'client secret': ['refused ek_68abcdefghij', 'refused ***'],
    'API key': ['Incorrect API key: sk-proj-abc_defgh123.', 'Incorrect API key: ***.'],
    'known secret of any form': ['got q1w2 here', 'got *** here'],
    'header with a token': ['Authorization: Bearer abc.def=', 'Authorization: ***'],
    'JSON web token': ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln expired', '*** expired'],
    'IPv4 address': ['limit for 203.0.113.7:443 reached', 'limit for *** reached'],
    'IPv6 address': ['from 2001:db8::8a2e:370:7334, and ::1', 'from ***, and ***'],
    'id of a device': [`no ${'0123456789abcdef'.repeat(4)}`, 'no ***'],
    'query after a slash': [
      'at https://shop.example/?user=7, and /t/?a[b]=8',
      'at https://shop.example/*** and /t/***',
    ],
    'name and password of an address': ['https://bob:q7@shop.example/t failed', 'https://***@shop.example/t failed'],
    'query of an address': ['https://shop.example/token?user=7&key=8 failed', 'https://shop.example/token*** failed'],
  };
  for (const [name, [text, clean]] of Object.entries(cases)) {
    it(name, () => assert.equal(withoutPrivate(text, 'q1w2'), clean));
  }

  it('end after 300 characters', () => assert.equal(withoutPrivate('a '.repeat(400), undefined).length, 300));

  it('and keeps plain sentences as they are', () => {
    for (const text of [
      'The token endpoint answered 401: Please log in.',
      'There was no answer within 8 seconds.',
      'The calls endpoint cannot be reached: check CORS, CSP connect-src and redirects.',
      'api.openai.com:8443',
      'Which model? Ask bob@shop.example, or see https://shop.example/@bob.',
    ])
      assert.equal(withoutPrivate(text, undefined), text);
  });
});
