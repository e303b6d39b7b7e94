import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Inbox } from '../../../src/session/connection/inbox.js';

/** Puts letters into an inbox; the listener notes them. */
class Noted {
  readonly inbox = new Inbox<string[]>();
  readonly seen: string[] = [];

  put(letters: string): void {
    for (const letter of letters) this.inbox.put((seen) => void seen.push(letter));
  }
}

describe('an inbox', () => {
  it('keeps what comes before there is a listener, and delivers it once and in order', () => {
    const noted = new Noted();
    noted.put('ab');
    assert.deepEqual(noted.seen, []);
    noted.inbox.deliverTo(noted.seen);
    assert.equal(noted.seen.join(''), 'ab');
    noted.put('c');
    assert.equal(noted.seen.join(''), 'abc');
  });

  it('delivers nothing after it is closed, not even the rest of what it kept', () => {
    const noted = new Noted();
    noted.put('a');
    noted.inbox.put(() => noted.inbox.close());
    noted.put('b');
    noted.inbox.deliverTo(noted.seen);
    noted.put('c');
    assert.equal(noted.seen.join(''), 'a');
  });

  it('that is closed before there is a listener gives a closed call nothing', () => {
    const noted = new Noted();
    noted.inbox.deliverTo(noted.seen);
    noted.inbox.close();
    noted.put('a');
    assert.deepEqual(noted.seen, []);
  });
});
