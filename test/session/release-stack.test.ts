import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReleaseStack } from '../../src/session/release-stack.js';

describe('the release stack', () => {
  it('releases in the reverse order of acquisition, once', () => {
    const released: string[] = [];
    const stack = new ReleaseStack();
    for (const name of ['connection', 'microphone', 'speaker']) stack.defer(() => released.push(name));
    assert.deepEqual(released, []);
    stack.release();
    stack.release();
    assert.deepEqual(released, ['speaker', 'microphone', 'connection']);
  });

  it('is not kept from the others by one that fails', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listener);
    const released: string[] = [];
    const stack = new ReleaseStack();
    stack.defer(() => released.push('first'));
    stack.defer(() => Promise.reject(new Error('later')));
    stack.defer(() => released.push('second'));
    stack.defer(() => {
      throw new Error('at once');
    });
    stack.defer(() => ({ then: (_: unknown, reject: (reason: Error) => void) => reject(new Error('thenable')) }));
    stack.release();
    assert.deepEqual(released, ['second', 'first']);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listener);
    assert.deepEqual(unhandled, []);
  });

  it('releases at once what arrives late, even in the middle of the release', () => {
    const released: string[] = [];
    const stack = new ReleaseStack();
    stack.defer(() => released.push('first'));
    stack.defer(() => {
      released.push('second');
      stack.defer(() => released.push('late'));
      stack.release();
    });
    stack.release();
    assert.deepEqual(released, ['second', 'late', 'first']);
    stack.defer(() => {
      released.push('later');
      throw new Error('and fails');
    });
    assert.equal(released.at(-1), 'later');
  });
});
