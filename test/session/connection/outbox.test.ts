import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { VoiceError } from '../../../src/errors.js';
import { Outbox } from '../../../src/session/connection/outbox.js';
import type { PeerTransport } from '../../../src/transport/peer-transport.js';

/** As much of a channel as the outbox sees: its buffer fills by what is sent and drains when the test says so. */
class Channel implements Pick<PeerTransport, 'maxMessageSize' | 'ready' | 'write'> {
  maxMessageSize = 256 * 1024;
  open = false;
  buffered = 0;
  readonly sent: string[] = [];

  get ready(): boolean {
    return this.open && this.buffered <= 256 * 1024;
  }

  write(message: string): void {
    this.sent.push(message);
    this.buffered += message.length;
  }

  /** It opens, or what it held is on its way. */
  drain(): void {
    this.open = true;
    this.buffered = 0;
    outbox.resume();
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
    channel.drain();
    outbox.send({ type: 'c' });
    assert.deepEqual(names(), ['a', 'b', 'c']);
    assert.deepEqual(channel.sent[0], '{"type":"a"}');
  });

  it('waits while the buffer is full, and goes on in order when it has drained', () => {
    channel.drain();
    const large = 'x'.repeat(100 * 1024);
    for (const type of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) outbox.send({ type, large });
    assert.deepEqual(names(), ['a', 'b', 'c']);
    channel.drain();
    assert.deepEqual(names(), ['a', 'b', 'c', 'd', 'e', 'f']);
    channel.drain();
    assert.deepEqual(names(), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('refuses an event that would close the channel, by its bytes, and sends the others', () => {
    channel.drain();
    channel.maxMessageSize = 100;
    const refused = (error: unknown) =>
      error instanceof VoiceError && error.code === 'configuration' && error.message.includes('huge');
    // 40 characters, 120 bytes.
    assert.throws(() => outbox.send({ type: 'huge', text: '€'.repeat(40) }), refused);
    outbox.send({ type: 'a', text: 'x'.repeat(40) });
    assert.deepEqual(names(), ['a']);
    const exact = 100 - '{"type":"b","text":""}'.length;
    outbox.send({ type: 'b', text: 'x'.repeat(exact) });
    assert.throws(() => outbox.send({ type: 'b', text: 'x'.repeat(exact + 1) }));
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('sends several events together or not at all', () => {
    channel.drain();
    const large = { type: 'large', text: 'x'.repeat(channel.maxMessageSize) };
    assert.throws(() => outbox.send({ type: 'small' }, large), VoiceError);
    assert.deepEqual(names(), []);
    outbox.send({ type: 'small' }, { type: 'other' });
    assert.deepEqual(names(), ['small', 'other']);
  });
});
