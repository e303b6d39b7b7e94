import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SessionOpened } from '../../../src/protocol/signals.js';
import { CallRecord } from '../../../src/session/record/call-record.js';
import { Takeover, type TakeoverHost } from '../../../src/session/recovery/takeover.js';
import { SessionChanges } from '../../../src/session/recovery/session-changes.js';
import { opened, placed } from '../../protocol/conversation.js';
import { LimitedChannel } from '../support/limited-channel.js';

const KB = 1024;

describe('what a new session is told', () => {
  /** The texts that arrive at a session whose channel carries only so much. */
  function told(limit: number, ...texts: string[]): string[] {
    const channel = new LimitedChannel(limit);
    const record = new CallRecord(new EventTarget());
    for (const type of ['start', 'ready'] as const) record.write({ type });
    for (const [index, text] of texts.entries())
      record.write(placed(`item_${index}`, index ? `item_${index - 1}` : null, { source: 'text', text }));
    const takeover = new Takeover({
      record,
      options: {},
      changes: new SessionChanges(),
      session: opened() as SessionOpened,
      tools: { hasUnansweredCalls: false, suspend() {}, resume() {} },
      turns: { reset() {}, responseRequested() {} },
      command: (command) => channel.command(command),
    } satisfies Partial<TakeoverHost> as unknown as TakeoverHost);
    assert.equal(takeover.tellHistory(true), texts.length);
    assert.equal(channel.sent.filter(({ type }) => type === 'response.create').length, 1);
    return channel.items('message').map(({ content }) => (content as { text: string }[])[0]!.text);
  }

  for (const [what, character] of Object.entries({ letters: 'x', emoji: '😀', 'control characters': '\u0001' })) {
    it(`is shortened to what one message carries: ${what}`, () => {
      const huge = `x${character.repeat(300 * KB)}`;
      const [before, cut, after] = told(64 * KB, 'before', huge, 'after');
      assert.deepEqual([before, after], ['before', 'after']);
      assert.ok(huge.startsWith(cut!) && !/\\ud[89ab]/.test(JSON.stringify(cut)));
      const size = Buffer.byteLength(JSON.stringify(cut));
      assert.ok(size > 28 * KB && size < 64 * KB, `${size} bytes`);
    });
  }

  it('is whole if one message carries it, to the last byte', () => {
    const text = 'x'.repeat(60 * KB);
    assert.deepEqual(told(64 * KB, text), [text]);
  });
});
