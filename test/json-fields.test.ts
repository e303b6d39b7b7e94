import assert from 'node:assert/strict';
import { it } from 'node:test';
import { redacted } from '../src/json-fields.js';

it('a secret is blacked out wherever it stands', () => {
  const event = { error: { message: 'No ek_1, ek_1.' }, list: ['ek_1'] };
  assert.deepEqual(redacted(event, 'ek_1'), { error: { message: 'No ***, ***.' }, list: ['***'] });
});

it('without a secret to look for, an event is not written as JSON', () => {
  const event = { toJSON: () => assert.fail('written') };
  for (const secret of [undefined, '']) assert.equal(redacted(event, secret), event);
});
