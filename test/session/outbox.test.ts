import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { VoiceError } from '../../src/errors.js';
import { Outbox } from '../../src/session/outbox.js';
import type { PeerTransport } from '../../src/transport/peer-transport.js';

/** As much of a channel as the outbox sees: its buffer fills by what is sent and drains when the test says so. */
class Channel implements Pick<PeerTransport, 'maxMessageSize' | 'bufferedAmount' | 'sendMessage' | 'whenDrained'> {
  maxMessageSize = 256 * 1024;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly waiting: { readonly below: number; readonly drained: () => void }[] = [];

  sendMessage(message: string): void {
    this.sent.push(message);
    this.bufferedAmount += message.length;
  }

  whenDrained(below: number, drained: () => void): void {
    this.waiting.push({ below, drained });
  }

  drain(): void {
    this.bufferedAmount = 0;
    this.waiting.shift()!.drained();
  }
}

let channel: Channel;
let outbox: Outbox;
beforeEach(() => {
  channel = new Channel();
  outbox = new Outbox(channel as unknown as PeerTransport);
});

const names = () => channel.sent.map((message) => (JSON.parse(message) as { type: string }).type);

describe('the outbox', () => {
  it('keeps events until the channel is open, in order', () => {
    for (const type of ['a', 'b']) outbox.send({ type });
    assert.deepEqual(names(), []);
    outbox.open();
    outbox.send({ type: 'c' });
    assert.deepEqual(names(), ['a', 'b', 'c']);
    assert.deepEqual(channel.sent[0], '{"type":"a"}');
  });

  it('waits while the buffer is full, and goes on in order when it has drained', () => {
    outbox.open();
    const large = 'x'.repeat(100 * 1024);
    for (const type of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) outbox.send({ type, large });
    assert.deepEqual(names(), ['a', 'b', 'c']);
    assert.equal(channel.waiting.length, 1);
    assert.ok(channel.waiting[0]!.below < 256 * 1024);
    channel.drain();
    assert.deepEqual(names(), ['a', 'b', 'c', 'd', 'e', 'f']);
    channel.drain();
    assert.deepEqual(names(), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    assert.equal(channel.waiting.length, 0);
  });

  it('refuses an event that would close the channel, by its bytes, and sends the others', () => {
    outbox.open();
    channel.maxMessageSize = 100;
    const refused = (error: unknown) => error instanceof VoiceError && error.code === 'configuration' && error.message.includes('huge');
    // 40 characters, 120 bytes.
    assert.throws(() => outbox.send({ type: 'huge', text: '€'.repeat(40) }), refused);
    outbox.send({ type: 'a', text: 'x'.repeat(40) });
    assert.deepEqual(names(), ['a']);
    const exact = 100 - '{"type":"b","text":""}'.length;
    outbox.send({ type: 'b', text: 'x'.repeat(exact) });
    assert.throws(() => outbox.send({ type: 'b', text: 'x'.repeat(exact + 1) }));
    assert.deepEqual(names(), ['a', 'b']);
  });
});
