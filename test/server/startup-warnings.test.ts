import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import {
  createCallGuard,
  createDailyBudget,
  createMemoryLimiter,
  createSessionHandler,
  type HandlerOptions,
} from '../../src/server/index.js';
import { createTokenHandler } from '../../src/server/index.js';
import { WebSocket } from 'ws';
import { KEY } from './visitor.js';

const before = process.env['NODE_ENV'];
let warnings: string[];
beforeEach(() => {
  warnings = [];
  mock.method(console, 'warn', (text: string) => void warnings.push(text));
  process.env['NODE_ENV'] = 'production';
});
afterEach(() => {
  mock.restoreAll();
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
});

const make = (options: Partial<HandlerOptions> = {}) => createTokenHandler({ apiKey: KEY, session: {}, ...options });

function withBudget(more: Partial<HandlerOptions> = {}): HandlerOptions {
  return createDailyBudget({ mostCalls: 5 }).applyTo({ apiKey: KEY, session: {}, ...more });
}

describe('in production, a handler that anybody may use', () => {
  for (const [what, options] of [
    ['nothing', () => ({})],
    ['no limiter', () => ({ limiter: false })],
    ['a limiter in memory', () => ({ limiter: createMemoryLimiter() })],
    ['a daily budget', () => withBudget()],
    ['a daily budget without limiter', () => withBudget({ limiter: false })],
    ['a daily budget over a limiter in memory', () => withBudget({ limiter: createMemoryLimiter() })],
  ] as [string, () => Partial<HandlerOptions>][]) {
    it(`says so once, when it is made with ${what}`, () => {
      make(options());
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /^createTokenHandler: anybody may start calls .* Set authorize/);
    });
  }

  for (const options of [
    { authorize: () => true },
    { limiter: () => ({ allowed: true }) },
    withBudget({ limiter: () => ({ allowed: true }) }),
    withBudget({ authorize: () => true }),
  ] as Partial<HandlerOptions>[]) {
    it(`is none with ${Object.entries(options)}`, () => {
      make(options);
      assert.deepEqual(warnings, []);
    });
  }

  it('says nothing while the site is built', () => {
    process.env['NODE_ENV'] = 'development';
    make();
    assert.deepEqual(warnings, []);
  });

  it('is made where there is no process', () => {
    const { process } = globalThis;
    Object.assign(globalThis, { process: undefined });
    try {
      make();
    } finally {
      Object.assign(globalThis, { process });
    }
    assert.deepEqual(warnings, []);
  });
});

describe('a base URL', () => {
  const authorize = () => true;
  for (const baseUrl of ['http://gateway.example', 'http://10.0.0.7:4000', 'http://localhost.evil.example']) {
    it(`without https warns, as the key can be read on the way: ${baseUrl}`, () => {
      make({ baseUrl, authorize });
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /baseUrl is not https/);
      assert.doesNotMatch(warnings[0]!, /sk-/);
    });
  }

  for (const baseUrl of ['https://gateway.example', 'http://localhost:4000', 'http://127.0.0.1:1', 'http://[::1]:1']) {
    it(`of this machine, or with https, does not: ${baseUrl}`, () => {
      make({ baseUrl, authorize });
      assert.deepEqual(warnings, []);
    });
  }
});

it('a base URL without https warns for a guard too, which sends the key over ws', () => {
  const options = { apiKey: KEY, session: { instructions: 'Greet.' }, WebSocket };
  createCallGuard({ ...options, baseUrl: 'http://127.0.0.1:1' });
  assert.deepEqual(warnings, []);
  createCallGuard({ ...options, baseUrl: 'http://gateway.example' });
  assert.match(warnings[0]!, /^createCallGuard: baseUrl is not https/);
});

it('maxSessionSeconds warns where it has no effect', () => {
  const options = { apiKey: KEY, session: {}, maxSessionSeconds: 60, authorize: () => true };
  createSessionHandler(options);
  assert.deepEqual(warnings, []);
  createTokenHandler(options);
  assert.match(warnings[0]!, /maxSessionSeconds has no effect here/);
});
