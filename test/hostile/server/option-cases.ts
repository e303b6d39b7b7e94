import assert from 'node:assert/strict';
import { createSessionHandler, createTokenHandler, type HandlerOptions } from '../../../src/server/index.js';
import { KEY } from '../../server/visitor.js';
import type { HostileCase } from './bench.js';

const base = { apiKey: KEY, session: {} };
const wrong: [string, unknown, RegExp][] = [
  ['no options', undefined, /apiKey is missing/],
  ['an empty key', { ...base, apiKey: ' ' }, /apiKey is missing/],
  ['a key of another kind', { ...base, apiKey: [KEY] }, /apiKey is missing/],
  ...(
    [
      ['a line break in it', 'sk-a\nb'],
      ['a line break at its end', `${KEY}\n`],
      ['a NUL', 'sk-a\0b'],
      ['a zero-width space', `${KEY}\u200b`],
      ['a byte order mark', `\uFEFF${KEY}`],
      ['a space', 'sk-a b'],
      ['a dash of a word processor', 'sk\u2013proj'],
    ] as const
  ).map(([what, apiKey]): [string, unknown, RegExp] => [
    `a key with ${what}`,
    { ...base, apiKey },
    /apiKey has a char/,
  ]),
  ['no session', { apiKey: KEY }, /session is missing/],
  ['a list for a session', { apiKey: KEY, session: [] }, /session is missing/],
  ...['*', 'https://*', 'https://*.shop.example', 'https://shop.*', '*.shop.example', 'https://%2A.shop.example'].map(
    (origin): [string, unknown, RegExp] => [
      `the wildcard ${origin}`,
      { ...base, allowedOrigins: [origin] },
      /allowedOrigins takes origins/,
    ],
  ),
  ['the null origin', { ...base, allowedOrigins: ['null'] }, /allowedOrigins takes origins/],
  ['an origin with a path', { ...base, allowedOrigins: ['https://a.example/b'] }, /allowedOrigins takes origins/],
  ['one text for a list of origins', { ...base, allowedOrigins: 'https://a.example' }, /must be a list/],
  ['a pattern for an origin', { ...base, allowedOrigins: [/shop/] }, /allowedOrigins takes origins/],
  ['a public origin with a path', { ...base, publicOrigin: 'https://a.example/b' }, /publicOrigin takes origins/],
  ['a public origin without scheme', { ...base, publicOrigin: 'shop.example' }, /publicOrigin takes origins/],
  ['a wildcard for headers', { ...base, allowedHeaders: ['*'] }, /allowedHeaders/],
  ['a header with a line break', { ...base, allowedHeaders: ['X-A\r\nX-B'] }, /allowedHeaders/],
  ['a base that is no URL', { ...base, baseUrl: 'api.openai.com' }, /baseUrl must be/],
  ['a base with a password', { ...base, baseUrl: 'https://a:hunter2@c.example' }, /baseUrl must be/],
  ['a base that is a file', { ...base, baseUrl: 'file:///etc/passwd' }, /baseUrl must be/],
  ['a limiter that is true', { ...base, limiter: true }, /limiter must be a function/],
  ['a limiter that is null', { ...base, limiter: null }, /limiter must be a function/],
  ['a promise of authorize', { ...base, authorize: Promise.resolve(true) }, /authorize must be a function/],
  ['a text for onMint', { ...base, onMint: 'log' }, /onMint must be a function/],
  ['a count of proxies that is a text', { ...base, trustedProxies: '1' }, /trustedProxies/],
  ['minus one proxy', { ...base, trustedProxies: -1 }, /trustedProxies/],
  ['an expiry that is no number', { ...base, expiresAfter: NaN }, /expiresAfter/],
  ['a session without end', { ...base, maxSessionSeconds: Infinity }, /maxSessionSeconds/],
  ['a session of 0 s', { ...base, maxSessionSeconds: 0 }, /maxSessionSeconds/],
  ['a session beyond the timer', { ...base, maxSessionSeconds: 3e6 }, /maxSessionSeconds/],
  ['a short secret', { ...base, secret: 'x' }, /secret must be/],
  ['an empty secret', { ...base, secret: '' }, /secret must be/],
  ['a number for the identifier', { ...base, safetyIdentifier: 7 }, /safetyIdentifier must be/],
];

export const optionCases: readonly HostileCase[] = wrong.map(([name, options, message]) => ({
  name: `${name} is refused when the handler is made, and nothing of it is quoted`,
  run: async () => {
    for (const make of [createTokenHandler, createSessionHandler]) {
      assert.throws(
        () => make(options as HandlerOptions),
        (error: Error) => {
          assert.ok(error instanceof TypeError);
          assert.match(error.message, message);
          assert.ok(error.message.startsWith(`${make.name}: `));
          assert.doesNotMatch(error.message, /sk-|hunter2/);
          return true;
        },
      );
    }
  },
}));
