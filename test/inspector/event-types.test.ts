import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { eventTypes } from '../../src/inspector/event-types.js';

it('the inspector hears every event that the element documents', () => {
  const source = readFileSync('src/element/realtime-voice.ts', 'utf8');
  const documented = [...source.matchAll(/@event \{\w+\} ([\w-]+)/g)].map(([, name]) => name);
  assert.ok(documented.length >= 12);
  assert.deepEqual(eventTypes(), documented.sort());
});
