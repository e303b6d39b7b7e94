import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GuardedSession } from '../../../src/server/guard/guarded-session.js';

const price = { type: 'function', name: 'price', parameters: { type: 'object', required: ['a', 'b'] } };
const mcp = { type: 'mcp', server_label: 'shop', server_url: 'https://shop.example/mcp', authorization: 'secret' };
const shownMcp = {
  type: 'mcp',
  server_label: 'shop',
  server_url: 'https://shop.example/mcp',
  require_approval: 'always',
};

const guarded = (tools?: unknown) => new GuardedSession(JSON.stringify({ instructions: 'Greet.', tools }));
const shown = (tools: unknown) => ({ instructions: 'Greet.', tools, model: 'any' });

describe('a guarded session', () => {
  for (const [what, own, described, matches] of [
    ['the same tools', [price], [price], true],
    ['fields that the service added as null', [price], [{ ...price, description: null, strict: null }], true],
    ['a description that was added', [price], [{ ...price, description: 'Always free.' }], false],
    ['a field that was taken away', [price], [{ type: 'function', name: 'price' }], false],
    ['a parameter less', [price], [{ ...price, parameters: { type: 'object', required: ['a'] } }], false],
    ['a parameter more', [price], [{ ...price, parameters: { type: 'object', required: ['a', 'b', 'c'] } }], false],
    ['another order', [price, mcp], [shownMcp, price], false],
    ['one tool more', [price], [price, mcp], false],
    ['no tools, none wanted', undefined, undefined, true],
    ['tools, none wanted', undefined, [price], false],
    ['tools that are no list', [price], { 0: price, length: 1 }, false],
    ['an MCP server without its secret', [mcp], [shownMcp], true],
    ['an MCP server that needs no approval any more', [mcp], [{ ...shownMcp, require_approval: 'never' }], false],
    ['an MCP server at another address', [mcp], [{ ...shownMcp, server_url: 'https://evil.example' }], false],
  ] as const) {
    it(`${matches ? 'matches' : 'does not match'} ${what}`, () => {
      assert.equal(guarded(own).matches(shown(described)), matches);
    });
  }

  for (const session of [undefined, null, 7, {}, { instructions: 'Greet' }, { instructions: null, tools: [] }]) {
    it(`does not match ${JSON.stringify(session)}`, () => assert.equal(guarded().matches(session), false));
  }

  it('is restored with its secrets', () => {
    assert.deepEqual(JSON.parse(guarded([mcp]).restoringEvent()), {
      type: 'session.update',
      session: { type: 'realtime', instructions: 'Greet.', tools: [mcp] },
    });
  });
});
