import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BETA_NAMES, SERVER_EVENTS } from './server-events.js';
import { pathsOf, replaced, SPOILED } from './spoiled.js';
import { assertWellFormed } from './well-formed.js';
import { read } from './wire.js';

const EVENTS = [
  ...Object.values(SERVER_EVENTS),
  ...Object.entries(BETA_NAMES).map(([type, name]) => ({ ...SERVER_EVENTS[name], type })),
];

describe('malformed events', () => {
  for (const event of EVENTS) {
    it(`${event.type}: whatever a field holds, reading it gives whole signals`, () => {
      // The name alone is sure: what has none is no event.
      const paths = pathsOf(event).filter((path) => path.join() !== 'type');
      for (const path of paths) {
        for (const junk of SPOILED) {
          const spoiled = replaced(event, path, junk) as object;
          const what = `${path.join('.')} = ${JSON.stringify(junk)?.slice(0, 40)}`;
          assert.doesNotThrow(() => assertWellFormed(read(spoiled)), what);
        }
      }
      assert.doesNotThrow(() => assertWellFormed(read({ type: event.type })));
    });
  }
});
