import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { GuardedSession } from '../../../src/server/guard/guarded-session.js';
import type { Connect, SidebandListener } from '../../../src/server/guard/sideband.js';
import { WatchedCall } from '../../../src/server/guard/watched-call.js';

const session = { type: 'realtime', instructions: 'Greet.' };

describe('a watched call', () => {
  const ends: string[] = [];
  let joins: SidebandListener[];
  const watch = (): WatchedCall => {
    const connect = ((_callId: string, listener: SidebandListener) => {
      joins.push(listener);
      return { send: () => undefined, close: () => undefined };
    }) as unknown as Connect;
    return new WatchedCall({ callId: 'rtc_1', restores: 0 }, new GuardedSession(JSON.stringify(session)), connect, {
      joined: () => ends.push('joined'),
      restored: () => ends.push('restored'),
      mustEnd: (reason) => ends.push(reason),
    });
  };
  beforeEach((context) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    (context as { after(fn: () => void): void }).after(() => mock.timers.reset());
    ends.length = 0;
    joins = [];
  });

  it('is ended if only a description that may be old says that the session is that of the site', () => {
    watch();
    joins[0]!.opened();
    joins[0]!.received({ type: 'session.created', session });
    mock.timers.tick(5_000);
    assert.deepEqual(ends, ['unwatchable']);
  });

  it('goes on when the service has confirmed the session', () => {
    const watched = watch();
    joins[0]!.opened();
    joins[0]!.received({ type: 'session.updated', session });
    mock.timers.tick(60_000);
    assert.deepEqual(ends, ['joined']);
    watched.stop();
  });

  it('is ended if each connection to it is lost before the session is confirmed', () => {
    watch();
    for (let index = 0; index < 6; index++) {
      joins[index]!.opened();
      joins[index]!.received({ type: 'response.created' });
      joins[index]!.closed();
      mock.timers.tick(4_000);
    }
    assert.deepEqual([joins.length, ends], [6, ['unwatchable']]);
  });
});
