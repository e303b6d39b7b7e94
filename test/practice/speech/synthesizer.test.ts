import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as next } from 'node:timers/promises';
import { Synthesizer } from '../../../demo/practice/speech/synthesizer.js';

it('a sentence stays pending if the synthesizer is closed while it is made', async () => {
  const speech = new Synthesizer(165);
  let outcome = 'nothing';
  void speech.say('Hello to you!').then(
    () => (outcome = 'said'),
    () => (outcome = 'failed'),
  );
  await speech.close();
  await next();
  assert.equal(outcome, 'nothing');
});
